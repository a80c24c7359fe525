import { type SandboxClient } from "../sandbox/control-client";
import { addEmployee, waitUntilIdle } from "./company";
import { type Method, methods, prepareSignIn, type SignInOptions, signIn } from "./sign-in";
import { type Target } from "./targets";

/** DingTalk calls of one sign-in: those that the employee waits for, and those after the response. */
export type Calls = { waited: number; after: number };
export type CallsRow = { method: Method; who: "first" | "known"; cold: Calls; warm: Calls; baseline: Calls };

type Setup = { sandbox: SandboxClient; baseline: Target; startOurs: () => Promise<Target> };

/** Long enough to separate calls before the response, which begin at least this much earlier, from calls after it. */
const latencyMs = 60;
/** A process that has just started loads the code for its work after the response only then. */
const quietMs = 1000;

/** Counts the calls at the sandbox. Cold: our app has just started and has no corp token. Warm: it has one. */
export async function measureCalls(setup: Setup): Promise<CallsRow[]> {
  await setup.sandbox.settings({ latencyMs });
  await cacheDepartment(setup);
  const rows: CallsRow[] = [];
  for (const method of methods) {
    const pair: [string, string] = [await addEmployee(setup.sandbox), await addEmployee(setup.sandbox)];
    for (const who of ["first", "known"] as const) {
      rows.push({ method, who, ...(await countRow(setup, method, pair)) });
    }
  }
  return rows;
}

/** The first employee of a department costs a few more calls after the response, once for all colleagues. */
async function cacheDepartment({ sandbox, startOurs }: Setup): Promise<void> {
  const app = await startOurs();
  await signIn({ app, method: "silent", sandbox, userid: await addEmployee(sandbox) });
  await waitUntilIdle(sandbox, quietMs);
  await app.stop();
}

async function countRow({ sandbox, baseline, startOurs }: Setup, method: Method, [one, other]: [string, string]) {
  const ours = await startOurs();
  const cold = await countCalls({ app: ours, method, sandbox, userid: one });
  const warm = await countCalls({ app: ours, method, sandbox, userid: other });
  await ours.stop();
  return { cold, warm, baseline: await countCalls({ app: baseline, method, sandbox, userid: other }) };
}

async function countCalls(options: SignInOptions): Promise<Calls> {
  const { sandbox } = options;
  const { finish } = await prepareSignIn(options);
  await sandbox.clearCalls();
  await finish();
  const answeredAt = Date.now();
  await waitUntilIdle(sandbox, quietMs);
  const calls = await sandbox.calls();
  const waited = calls.filter(({ at }) => at < answeredAt - latencyMs / 2).length;
  return { waited, after: calls.length - waited };
}
