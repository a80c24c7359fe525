import { type SandboxClient } from "../sandbox/control-client";
import { addEmployee, waitUntilIdle } from "./company";
import { type Method, signIn } from "./sign-in";
import { interleave, type Spread } from "./statistics";
import { type Target, type TargetName } from "./targets";

/** CPU milliseconds of the server process, user and system, for one unit of work. The spread is over the rounds. */
export type CpuRow = { what: string; ours: Spread; baseline: Spread };

type Setup = { sandbox: SandboxClient } & Record<TargetName, Target>;
type Work = () => Promise<unknown>;
type Job = { what: string; times: number; prepare: (sandbox: SandboxClient, app: Target) => Promise<Work> };

const limit = { rounds: 5, maxMs: 15_000 };

/** Complete sign-ins, including the work after the response, and then the cost of a session per request. */
const jobs: Job[] = [
  { what: "first sign-in by QR", times: 30, prepare: firstSignIn("qr") },
  { what: "known sign-in by QR", times: 30, prepare: knownSignIn("qr") },
  { what: "first silent sign-in", times: 30, prepare: firstSignIn("silent") },
  { what: "known silent sign-in", times: 30, prepare: knownSignIn("silent") },
  { what: "session check (/api/auth/session)", times: 200, prepare: signedInRequest("/api/auth/session") },
  { what: "page of a session (/profile)", times: 150, prepare: signedInRequest("/profile") },
];

export async function measureCpu(setup: Setup): Promise<CpuRow[]> {
  await setup.sandbox.settings({ latencyMs: 0 });
  const rows: CpuRow[] = [];
  for (const job of jobs) rows.push(await compare(setup, job));
  return rows;
}

async function compare({ sandbox, ...apps }: Setup, { what, times, prepare }: Job): Promise<CpuRow> {
  const works = { ours: await prepare(sandbox, apps.ours), baseline: await prepare(sandbox, apps.baseline) };
  const measure = (name: TargetName) => async () => {
    await sandbox.clearCalls();
    const before = await apps[name].cpuMs();
    for (let done = 0; done < times; done += 1) await works[name]();
    await waitUntilIdle(sandbox, 500);
    return ((await apps[name].cpuMs()) - before) / times;
  };
  // The first round is discarded: a server that has just started still compiles its code.
  for (const name of ["ours", "baseline"] as const) await measure(name)();
  const results = await interleave(limit, { ours: measure("ours"), baseline: measure("baseline") });
  return { what, ours: results("ours"), baseline: results("baseline") };
}

function firstSignIn(method: Method): Job["prepare"] {
  return async (sandbox, app) => async () => signIn({ app, method, sandbox, userid: await addEmployee(sandbox) });
}

function knownSignIn(method: Method): Job["prepare"] {
  return async (sandbox, app) => {
    const userid = await addEmployee(sandbox);
    await signIn({ app, method, sandbox, userid });
    return () => signIn({ app, method, sandbox, userid });
  };
}

function signedInRequest(path: string): Job["prepare"] {
  return async (sandbox, app) => {
    const userid = await addEmployee(sandbox);
    const browser = await signIn({ app, method: "silent", sandbox, userid });
    return async () => {
      const { status, text } = await browser.get(path);
      if (status !== 200 || !text.includes("员工")) throw new Error(`${app.name} did not show the viewer at ${path}.`);
    };
  };
}
