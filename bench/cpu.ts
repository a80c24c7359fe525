import { type SandboxClient } from "../sandbox/control-client";
import { hire, settle } from "./company";
import { type Contestant, type Name } from "./contestants";
import { signIn, type Way } from "./sign-in";
import { interleave, type Spread } from "./statistics";

/** CPU milliseconds of the server's process, user and system, for one piece of work; the spread is over the rounds. */
export type CpuRow = { what: string; ours: Spread; baseline: Spread };

type Setting = { sandbox: SandboxClient } & Record<Name, Contestant>;
type Work = () => Promise<unknown>;
type Job = { what: string; times: number; begin: (sandbox: SandboxClient, app: Contestant) => Promise<Work> };

const limit = { rounds: 5, mostMs: 15_000 };

/** Whole sign-ins, with what the app does after its answer; then what a session costs from one request to the next. */
const jobs: Job[] = [
  { what: "first sign-in by QR", times: 30, begin: firstSignIn("qr") },
  { what: "known sign-in by QR", times: 30, begin: knownSignIn("qr") },
  { what: "first silent sign-in", times: 30, begin: firstSignIn("silent") },
  { what: "known silent sign-in", times: 30, begin: knownSignIn("silent") },
  { what: "session check (/api/auth/session)", times: 200, begin: visit("/api/auth/session") },
  { what: "page of a session (/profile)", times: 150, begin: visit("/profile") },
];

export async function measureCpu(setting: Setting): Promise<CpuRow[]> {
  await setting.sandbox.settings({ latencyMs: 0 });
  const rows: CpuRow[] = [];
  for (const job of jobs) rows.push(await compare(setting, job));
  return rows;
}

async function compare({ sandbox, ...apps }: Setting, { what, times, begin }: Job): Promise<CpuRow> {
  const works = { ours: await begin(sandbox, apps.ours), baseline: await begin(sandbox, apps.baseline) };
  const cpuOf = (name: Name, count: number) => async () => {
    await sandbox.clearCalls();
    const before = await apps[name].cpuMs();
    for (let done = 0; done < count; done += 1) await works[name]();
    await settle(sandbox, 500);
    return ((await apps[name].cpuMs()) - before) / count;
  };
  // A round that is thrown away: a server that has just begun compiles what the later ones find compiled.
  for (const name of ["ours", "baseline"] as const) await cpuOf(name, times)();
  const found = await interleave(limit, { ours: cpuOf("ours", times), baseline: cpuOf("baseline", times) });
  return { what, ours: found("ours"), baseline: found("baseline") };
}

function firstSignIn(way: Way): Job["begin"] {
  return async (sandbox, app) => async () => signIn({ app, way, sandbox, userid: await hire(sandbox) });
}

function knownSignIn(way: Way): Job["begin"] {
  return async (sandbox, app) => {
    const userid = await hire(sandbox);
    await signIn({ app, way, sandbox, userid });
    return () => signIn({ app, way, sandbox, userid });
  };
}

function visit(path: string): Job["begin"] {
  return async (sandbox, app) => {
    const userid = await hire(sandbox);
    const browser = await signIn({ app, way: "silent", sandbox, userid });
    return async () => {
      const { status, text } = await browser.get(path);
      if (status !== 200 || !text.includes("员工"))
        throw new Error(`${app.name} did not show who is signed in at ${path}.`);
    };
  };
}
