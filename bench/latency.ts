import { type SandboxClient } from "../sandbox/control-client";
import { addEmployee, waitUntilIdle } from "./company";
import { type Method, methods, prepareSignIn, type SignInOptions, signIn } from "./sign-in";
import { interleave, type Spread } from "./statistics";
import { type Target } from "./targets";

/** The time from DingTalk's code to the session, and the number of sequential calls that it cannot avoid. */
export type LatencyRow = { method: Method; who: "first" | "known"; calls: number; ours: Spread; baseline: Spread };
export type Latency = { callMs: number; bareCall: Spread; rows: LatencyRow[] };

type Setup = { sandbox: SandboxClient; ours: Target; baseline: Target };

const callMs = 30;
const limit = { rounds: 40, maxMs: 100_000 };
/** A server that has just started interprets code that it later compiles. Both are measured after an hour's worth of work. */
const warmUps = 150;
const bareCalls = 4;

export async function measureLatency(setup: Setup): Promise<Latency> {
  const { sandbox, ours, baseline } = setup;
  for (const app of [ours, baseline]) await warmUp(app, sandbox);
  await sandbox.settings({ latencyMs: callMs });
  const known = await addEmployee(sandbox);
  await signIn({ app: ours, method: "qr", sandbox, userid: known });
  const timeFirst = async (app: Target, method: Method) =>
    timeSignIn({ app, method, sandbox, userid: await addEmployee(sandbox) });
  const timeKnown = (method: Method) => timeSignIn({ app: ours, method, sandbox, userid: known });
  const results = await interleave(limit, {
    "ours qr first": () => timeFirst(ours, "qr"),
    "baseline qr": () => timeFirst(baseline, "qr"),
    "ours qr known": () => timeKnown("qr"),
    "ours silent first": () => timeFirst(ours, "silent"),
    "baseline silent": () => timeFirst(baseline, "silent"),
    "ours silent known": () => timeKnown("silent"),
    "bare calls": () => timeBareCalls(sandbox),
  });
  const row = (method: Method, who: "first" | "known", calls: number): LatencyRow => {
    return { method, who, calls, ours: results(`ours ${method} ${who}`), baseline: results(`baseline ${method}`) };
  };
  const rows = [row("qr", "first", 4), row("qr", "known", 3), row("silent", "first", 2), row("silent", "known", 1)];
  return { callMs, bareCall: results("bare calls"), rows };
}

async function warmUp(app: Target, sandbox: SandboxClient): Promise<void> {
  await sandbox.settings({ latencyMs: 0 });
  for (let times = 0; times < warmUps; times += 1) {
    for (const method of methods) await signIn({ app, method, sandbox, userid: await addEmployee(sandbox) });
    await sandbox.clearCalls();
  }
}

async function timeSignIn(options: SignInOptions): Promise<number> {
  await options.sandbox.clearCalls();
  const { finish } = await prepareSignIn(options);
  const startedAt = performance.now();
  await finish();
  const ms = performance.now() - startedAt;
  await waitUntilIdle(options.sandbox);
  return ms;
}

/** The time of one call alone: the configured delay, the timer's inaccuracy and the connection. */
async function timeBareCalls({ url }: SandboxClient): Promise<number> {
  const startedAt = performance.now();
  for (let call = 0; call < bareCalls; call += 1) await (await fetch(`${url}/topapi/none`, { method: "POST" })).text();
  return (performance.now() - startedAt) / bareCalls;
}
