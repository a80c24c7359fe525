import { setTimeout as wait } from "node:timers/promises";
import { addEmployee, waitUntilIdle } from "./company";
import { startCountingProxy } from "./counting-proxy";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { methods, prepareSignIn } from "./sign-in";
import { summarize } from "./statistics";
import { startOurs } from "./targets";
import { warmUp } from "./warm-up";

const restMs = 20_000;
const connectMs = 60;
const rounds = 2;

/** Counts the connections to DingTalk that a sign-in opens after a real rest. Only the time of an answer depends on `connectMs`. */
export async function measureRest({ sandbox, options, times }: Setup): Promise<Figures> {
  const proxy = await startCountingProxy(sandbox.url, { connectMs });
  const app = await startOurs({ ...options, sandboxUrl: proxy.url });
  await warmUp(app, { sandbox, times: times(20) });
  const found: Record<"connections" | "qr" | "silent", number[]> = { connections: [], qr: [], silent: [] };
  for (let round = 0; round < times(rounds); round += 1) {
    for (const method of methods) {
      const { finish } = await prepareSignIn({ app, method, sandbox, userid: await addEmployee(sandbox) });
      await waitUntilIdle(sandbox, 1000);
      await wait(restMs);
      const [before, startedAt] = [proxy.connections(), performance.now()];
      await finish();
      found[method].push(performance.now() - startedAt);
      found.connections.push(proxy.connections() - before);
    }
  }
  await app.stop();
  await proxy.close();
  const parts = { "QR, ms": summarize(found.qr), "silent, ms": summarize(found.silent) };
  return { "rest.connections": { value: Math.max(...found.connections), parts } };
}
