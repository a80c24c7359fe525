import { addEmployee, waitUntilIdle } from "./company";
import { type Figures } from "./goals";
import { type Found } from "./runs";
import { type Setup } from "./setup";
import { type Method, prepareSignIn, type SignInOptions, signIn } from "./sign-in";
import { startBaseline, startOurs, type Target } from "./targets";

/** DingTalk calls of one sign-in: those that the employee waits for, and those after the response. */
type Calls = { waited: number; after: number };

/** Long enough to separate calls before the response, which begin at least this much earlier, from calls after it. */
const latencyMs = 60;
/** A process that has just started loads the code for its work after the response only then. */
const quietMs = 1000;

/** Counts the calls at the sandbox, for an app with a corp token and for one that has just started. */
export async function measureCalls(setup: Setup): Promise<Figures> {
  const { sandbox } = setup;
  await sandbox.settings({ latencyMs });
  await cacheDepartment(setup);
  const baseline = await startBaseline(setup.options);
  const count = async (method: Method) => {
    const pair: [string, string] = [await addEmployee(sandbox), await addEmployee(sandbox)];
    return [await countFor({ setup, baseline, method, pair }), await countFor({ setup, baseline, method, pair })];
  };
  const [qr, silent] = [await count("qr"), await count("silent")];
  await baseline.stop();
  return {
    "calls.qr-first": qr[0],
    "calls.qr-known": qr[1],
    "calls.silent-first": silent[0],
    "calls.silent-known": silent[1],
  };
}

/** The first employee of a department costs a few more calls after the response, once for all colleagues. */
async function cacheDepartment({ sandbox, options }: Setup): Promise<void> {
  const app = await startOurs(options);
  await signIn({ app, method: "silent", sandbox, userid: await addEmployee(sandbox) });
  await waitUntilIdle(sandbox, quietMs);
  await app.stop();
}

type Counted = { setup: Setup; baseline: Target; method: Method; pair: [string, string] };

/** The first of a pair signs in to an app that has just started, the second to the same app with a corp token. */
async function countFor({
  setup: { sandbox, options },
  baseline,
  method,
  pair: [one, other],
}: Counted): Promise<Found> {
  const ours = await startOurs(options);
  const cold = await countCalls({ app: ours, method, sandbox, userid: one });
  const warm = await countCalls({ app: ours, method, sandbox, userid: other });
  await ours.stop();
  const { waited } = await countCalls({ app: baseline, method, sandbox, userid: other });
  return { value: warm.waited, note: `${text(warm)}; just started ${text(cold)}; next-auth ${waited}` };
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

function text({ waited, after }: Calls): string {
  return after > 0 ? `${waited} (+${after})` : String(waited);
}
