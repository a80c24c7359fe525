import { waitUntilIdle } from "./company";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { measureStarts } from "./start";
import { startOurs } from "./targets";
import { warmUp } from "./warm-up";

const signIns = 1000;

/** Measures the memory of a server after 1,000 first sign-ins, half of them silent, and then how it starts on their database. */
export async function measureMemory(setup: Setup): Promise<Figures> {
  const { sandbox, options, times } = setup;
  const app = await startOurs(options);
  const atStart = await app.memoryMb();
  await warmUp(app, { sandbox, times: times(signIns / 2) });
  await waitUntilIdle(sandbox, 1000);
  const value = await app.memoryMb();
  await app.stop();
  const note = `${atStart.toFixed(0)} MB at the start; each after a garbage collection`;
  return { "memory.server": { value, note }, ...(await measureStarts(setup)) };
}
