import { type SandboxClient } from "../sandbox/control-client";
import { hire, settle } from "./company";
import { type Contestant } from "./contestants";
import { type Attempt, beginSignIn, signIn, type Way, ways } from "./sign-in";

/** DingTalk's calls of one sign-in: those the person waited for, and those made after the answer. */
export type Calls = { waited: number; after: number };
export type CallsRow = { way: Way; who: "first" | "known"; cold: Calls; warm: Calls; baseline: Calls };

type Setting = { sandbox: SandboxClient; baseline: Contestant; openOurs: () => Promise<Contestant> };

/** Long enough to tell a call that was waited for, which began so much before the answer, from one begun after it. */
const latencyMs = 60;
/** A process that has just started loads what it needs after the answer only then. */
const quietMs = 1000;

/** Counted at the sandbox. Cold: our app has just been started and has no corp token; warm: it has one. */
export async function measureCalls(setting: Setting): Promise<CallsRow[]> {
  await setting.sandbox.settings({ latencyMs });
  await learnDepartment(setting);
  const rows: CallsRow[] = [];
  for (const way of ways) {
    const people: [string, string] = [await hire(setting.sandbox), await hire(setting.sandbox)];
    for (const who of ["first", "known"] as const) {
      rows.push({ way, who, ...(await countRow(setting, way, people)) });
    }
  }
  return rows;
}

/** The first employee of a department costs a few calls more, after the answer; that is once for all colleagues. */
async function learnDepartment({ sandbox, openOurs }: Setting): Promise<void> {
  const app = await openOurs();
  await signIn({ app, way: "silent", sandbox, userid: await hire(sandbox) });
  await settle(sandbox, quietMs);
  await app.stop();
}

async function countRow({ sandbox, baseline, openOurs }: Setting, way: Way, [one, other]: [string, string]) {
  const ours = await openOurs();
  const cold = await countCalls({ app: ours, way, sandbox, userid: one });
  const warm = await countCalls({ app: ours, way, sandbox, userid: other });
  await ours.stop();
  return { cold, warm, baseline: await countCalls({ app: baseline, way, sandbox, userid: other }) };
}

async function countCalls(attempt: Attempt): Promise<Calls> {
  const { sandbox } = attempt;
  const { finish } = await beginSignIn(attempt);
  await sandbox.clearCalls();
  await finish();
  const answeredAt = Date.now();
  await settle(sandbox, quietMs);
  const calls = await sandbox.calls();
  const waited = calls.filter(({ at }) => at < answeredAt - latencyMs / 2).length;
  return { waited, after: calls.length - waited };
}
