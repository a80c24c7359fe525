import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { addEmployee, waitUntilIdle } from "./company";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { signIn } from "./sign-in";
import { summarizeWithQuantiles } from "./statistics";
import { startOurs, type Target } from "./targets";
import { warmUp } from "./warm-up";

const callMs = 100;
const seconds = 60;
/** A little more than the goal, because the last sign-ins end after the last one arrives. */
const perSecond = 42;

/**
 * First QR sign-ins arrive at an even pace, whether the former ones are done or not. The time is from the arrival to the session,
 * every request of the sign-in included. The server has one core; this process, which is also the sandbox, has the others.
 */
export async function measureSteady(setup: Setup): Promise<Figures> {
  const { sandbox, options, times } = setup;
  const isPinned = canPin();
  const app = await startOurs(options, {}, isPinned ? { core: 0 } : {});
  await warmUp(app, { sandbox, times: times(150) });
  await waitUntilIdle(sandbox);
  const { tookMs, done, errors, busy } = await signInSteadily(app, setup);
  await app.stop();
  const where = isPinned ? "server on one core" : "server on any core, because there is no taskset";
  const spread = summarizeWithQuantiles(done);
  return {
    "steady.rate": {
      value: (done.length * 1000) / tookMs,
      note: `${where}, busy ${busy.app}; bench and sandbox ${busy.bench}`,
    },
    "steady.p95": { value: spread.p95, parts: { ours: spread } },
    "steady.errors": { value: errors.length, note: errors[0] },
  };
}

async function signInSteadily(app: Target, { sandbox, times }: Setup) {
  await sandbox.settings({ latencyMs: callMs });
  const userids: string[] = [];
  for (let count = 0; count < times(seconds) * perSecond; count += 1) userids.push(await addEmployee(sandbox));
  const [done, errors]: [number[], string[]] = [[], []];
  async function arrive(userid: string, atMs: number) {
    await wait(atMs - performance.now());
    try {
      await signIn({ app, method: "qr", sandbox, userid });
      done.push((performance.now() - atMs) / 1000);
    } catch (error) {
      errors.push(String(error));
    }
  }
  const [benchBefore, appBefore, startedAt] = [process.cpuUsage(), await app.cpuMs(), performance.now()];
  await Promise.all(userids.map((userid, index) => arrive(userid, startedAt + (index * 1000) / perSecond)));
  const tookMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(benchBefore);
  const percent = (cpuMs: number) => `${((cpuMs / tookMs) * 100).toFixed(0)} % of a core`;
  const busy = { app: percent((await app.cpuMs()) - appBefore), bench: percent((user + system) / 1000) };
  return { tookMs, done, errors, busy };
}

/** A server on the only core would leave none for this process. */
function canPin(): boolean {
  return availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;
}
