import { type SandboxClient } from "../sandbox/control-client";
import { hire, settle } from "./company";
import { type Contestant } from "./contestants";
import { type Attempt, beginSignIn, signIn, type Way, ways } from "./sign-in";
import { interleave, type Spread } from "./statistics";

/** How long a person waits from DingTalk's code to the session, beside `calls` bare calls one after the other. */
export type LatencyRow = { way: Way; who: "first" | "known"; calls: number; ours: Spread; baseline: Spread };
export type Latency = { callMs: number; bareCall: Spread; rows: LatencyRow[] };

type Setting = { sandbox: SandboxClient; ours: Contestant; baseline: Contestant };

const callMs = 30;
const limit = { rounds: 40, mostMs: 100_000 };
/** A server that has just started interprets what it later runs compiled; both are taken as they are after an hour's work. */
const warmUps = 150;
const bareCalls = 4;

export async function measureLatency(setting: Setting): Promise<Latency> {
  const { sandbox, ours, baseline } = setting;
  for (const app of [ours, baseline]) await warmUp(app, sandbox);
  await sandbox.settings({ latencyMs: callMs });
  const known = await hire(sandbox);
  await signIn({ app: ours, way: "qr", sandbox, userid: known });
  const first = async (app: Contestant, way: Way) => time({ app, way, sandbox, userid: await hire(sandbox) });
  const again = (way: Way) => time({ app: ours, way, sandbox, userid: known });
  const found = await interleave(limit, {
    "ours qr first": () => first(ours, "qr"),
    "baseline qr": () => first(baseline, "qr"),
    "ours qr known": () => again("qr"),
    "ours silent first": () => first(ours, "silent"),
    "baseline silent": () => first(baseline, "silent"),
    "ours silent known": () => again("silent"),
    "bare calls": () => timeBareCalls(sandbox),
  });
  const row = (way: Way, who: "first" | "known", calls: number): LatencyRow => {
    return { way, who, calls, ours: found(`ours ${way} ${who}`), baseline: found(`baseline ${way}`) };
  };
  const rows = [row("qr", "first", 4), row("qr", "known", 3), row("silent", "first", 2), row("silent", "known", 1)];
  return { callMs, bareCall: found("bare calls"), rows };
}

async function warmUp(app: Contestant, sandbox: SandboxClient): Promise<void> {
  await sandbox.settings({ latencyMs: 0 });
  for (let times = 0; times < warmUps; times += 1) {
    for (const way of ways) await signIn({ app, way, sandbox, userid: await hire(sandbox) });
    await sandbox.clearCalls();
  }
}

async function time(attempt: Attempt): Promise<number> {
  await attempt.sandbox.clearCalls();
  const { finish } = await beginSignIn(attempt);
  const startedAt = performance.now();
  await finish();
  const ms = performance.now() - startedAt;
  await settle(attempt.sandbox);
  return ms;
}

/** What one call takes with nothing around it: the agreed delay, the timer's own lateness and the connection. */
async function timeBareCalls({ url }: SandboxClient): Promise<number> {
  const startedAt = performance.now();
  for (let call = 0; call < bareCalls; call += 1) await (await fetch(`${url}/topapi/none`, { method: "POST" })).text();
  return (performance.now() - startedAt) / bareCalls;
}
