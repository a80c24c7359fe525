import path from "node:path";
import { type SandboxClient } from "../sandbox/control-client";
import { createDatabase, createFilledDatabase, type Size } from "../test/fill";
import { type Browser } from "./browser";
import { addEmployee, waitUntilIdle } from "./company";
import { signIn } from "./sign-in";
import { interleave, type Spread } from "./statistics";
import { startOurs, type Target, type TargetOptions } from "./targets";

/** CPU milliseconds of the server for one unit of work in a small and in a large database. The spread is over the rounds. */
export type GrowthRow = { what: string; small: Spread; large: Spread };

/** `databaseUrl`: a PostgreSQL server in which databases may be created; without one, the embedded database is measured. */
type Setup = { sandbox: SandboxClient; options: TargetOptions; databaseUrl?: string };

/** The small one has more than a page of each list, so that both show pages of the same length. */
const sizes: Record<"small" | "large", Size> = {
  small: { employees: 200, sessions: 1200, events: 0 },
  large: { employees: 100_000, sessions: 100_000, events: 1_000_000 },
};
const limit = { rounds: 5, maxMs: 60_000 };

type Work = (app: Target) => Promise<unknown>;
type Job = { what: string; times: number; prepare: (setup: Setup, app: Target, size: Size) => Promise<Work> };

const jobs: Job[] = [
  { what: "session check (/api/auth/session)", times: 150, prepare: asAdmin(() => "/api/auth/session") },
  {
    what: "first sign-in by QR",
    times: 25,
    prepare:
      async ({ sandbox }) =>
      (app) =>
        signInFirst(sandbox, app),
  },
  { what: "known silent sign-in", times: 25, prepare: knownSignIn },
  { what: "first page of the employees", times: 25, prepare: asAdmin(() => "/admin/employees") },
  { what: "middle page of the employees", times: 25, prepare: asAdmin(middleOfEmployees) },
  { what: "middle page of the company's sessions", times: 25, prepare: asAdmin(middleOfSessions) },
];

/** Measures what years of use change: the same work in both databases, one after the other in each round. */
export async function measureGrowth(setup: Setup): Promise<GrowthRow[]> {
  await setup.sandbox.settings({ latencyMs: 0 });
  const [small, large] = [await startFilled(setup, "small"), await startFilled(setup, "large")];
  const rows: GrowthRow[] = [];
  for (const job of jobs) rows.push(await compare(setup, job, { small, large }));
  await Promise.all([small.stop(), large.stop()]);
  return rows;
}

async function startFilled({ options, databaseUrl }: Setup, name: keyof typeof sizes): Promise<Target> {
  const dataDir = path.join(options.dataDir, `growth-${name}`);
  const url = databaseUrl ? await createDatabase(databaseUrl, `growth_${name}`) : "";
  const place = url ? { databaseUrl: url } : { dataDir };
  await createFilledDatabase(place, process.env.DINGTALK_CORP_ID ?? "", sizes[name]);
  return startOurs({ ...options, dataDir }, { DATABASE_URL: url });
}

async function compare(setup: Setup, { what, times, prepare }: Job, apps: Record<keyof typeof sizes, Target>) {
  const measure = async (name: keyof typeof sizes) => {
    const work = await prepare(setup, apps[name], sizes[name]);
    return async () => {
      await setup.sandbox.clearCalls();
      const before = await apps[name].cpuMs();
      for (let done = 0; done < times; done += 1) await work(apps[name]);
      await waitUntilIdle(setup.sandbox, 300);
      return ((await apps[name].cpuMs()) - before) / times;
    };
  };
  const subjects = { small: await measure("small"), large: await measure("large") };
  // The first round is discarded: a server that has just started still compiles its code.
  for (const discard of Object.values(subjects)) await discard();
  const results = await interleave(limit, subjects);
  return { what, small: results("small"), large: results("large") };
}

function asAdmin(address: (size: Size) => string): Job["prepare"] {
  return async ({ sandbox }, app, size) => {
    const browser = await signInAdmin(sandbox, app);
    const page = address(size);
    return async () => {
      const { status } = await browser.get(page);
      if (status !== 200) throw new Error(`${app.name} answered ${page} with ${status}.`);
    };
  };
}

async function signInAdmin(sandbox: SandboxClient, app: Target): Promise<Browser> {
  const userid = await addEmployee(sandbox);
  await sandbox.patchPerson(userid, { admin: true });
  return signIn({ app, method: "silent", sandbox, userid });
}

async function signInFirst(sandbox: SandboxClient, app: Target): Promise<void> {
  await signIn({ app, method: "qr", sandbox, userid: await addEmployee(sandbox) });
}

async function knownSignIn({ sandbox }: Setup, app: Target): Promise<Work> {
  const userid = await addEmployee(sandbox);
  await signIn({ app, method: "silent", sandbox, userid });
  return () => signIn({ app, method: "silent", sandbox, userid });
}

/** `fillDatabase` gives the nth employee a last sign-in n minutes ago. */
function middleOfEmployees({ employees }: Size): string {
  return `/admin/employees?after=${pageKey((employees / 2) * 60_000)}`;
}

/** Its live sessions began within five days. */
function middleOfSessions(): string {
  return `/admin/sessions?after=${pageKey(2.5 * 86_400_000)}`;
}

function pageKey(ageMs: number): string {
  return Buffer.from(JSON.stringify([Date.now() - ageMs, "m"])).toString("base64url");
}
