import { addEmployee, waitUntilIdle } from "./company";
import { type Figures } from "./goals";
import { type Found } from "./runs";
import { type Setup } from "./setup";
import { type Method, prepareSignIn, signIn } from "./sign-in";
import { interleave, type Spread } from "./statistics";
import { startBare, startBaseline, startOurs, type Target } from "./targets";
import { warmUp } from "./warm-up";

const callMs = 30;
const maxMs = 110_000;

/** Measures the time from DingTalk's code to the session, each call delayed by `callMs`, over that of the calls alone. */
export async function measureOwnTime(setup: Setup): Promise<Figures> {
  const { sandbox, options, times } = setup;
  const [ours, bare, baseline] = [await startOurs(options), await startBare(options), await startBaseline(options)];
  for (const app of [ours, bare, baseline]) await warmUp(app, { sandbox, times: times(150) });
  await sandbox.settings({ latencyMs: callMs });
  const known = await addEmployee(sandbox);
  for (const app of [ours, bare]) await signIn({ app, method: "qr", sandbox, userid: known });
  const first = (app: Target, method: Method) => async () =>
    timeSignIn(setup, { app, method, userid: await addEmployee(sandbox) });
  const again = (app: Target, method: Method) => () => timeSignIn(setup, { app, method, userid: known, isKnown: true });
  const spread = await interleave(
    { rounds: times(40), maxMs },
    {
      "ours qr first": first(ours, "qr"),
      "bare qr first": first(bare, "qr"),
      "next-auth qr": first(baseline, "qr"),
      "ours silent first": first(ours, "silent"),
      "bare silent first": first(bare, "silent"),
      "next-auth silent": first(baseline, "silent"),
      "ours qr known": again(ours, "qr"),
      "bare qr known": again(bare, "qr"),
      "ours silent known": again(ours, "silent"),
      "bare silent known": again(bare, "silent"),
    },
  );
  await Promise.all([ours, bare, baseline].map((app) => app.stop()));
  const found = (method: Method, who: "first" | "known") =>
    difference({
      ours: spread(`ours ${method} ${who}`),
      "bare calls": spread(`bare ${method} ${who}`),
      "next-auth": spread(`next-auth ${method}`),
    });
  return {
    "own.qr-first": found("qr", "first"),
    "own.silent-first": found("silent", "first"),
    "own.qr-known": found("qr", "known"),
    "own.silent-known": found("silent", "known"),
  };
}

type Timed = { app: Target; method: Method; userid: string; isKnown?: boolean };

async function timeSignIn({ sandbox }: Setup, timed: Timed): Promise<number> {
  await sandbox.clearCalls();
  const { finish } = await prepareSignIn({ sandbox, ...timed });
  const startedAt = performance.now();
  await finish();
  const ms = performance.now() - startedAt;
  await waitUntilIdle(sandbox, 100);
  return ms;
}

function difference(parts: { ours: Spread; "bare calls": Spread; "next-auth": Spread }): Found {
  return { value: parts.ours.median - parts["bare calls"].median, parts };
}
