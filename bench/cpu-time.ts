import { waitUntilIdle } from "./company";
import { type Setup } from "./setup";
import { interleave, type Spread } from "./statistics";
import { type Target } from "./targets";

/** One unit of work at one server. */
export type Work = { app: Target; run: () => Promise<unknown> };

const rounds = 5;
const maxMs = 18_000;

/**
 * Measures the CPU milliseconds of the server's process, user and system, for one unit of each work, what follows its response
 * included. The spread is over the rounds.
 */
export async function measureCpuTime<Name extends string>(
  setup: Setup,
  works: Record<Name, Work>,
  perRound: number,
): Promise<(name: Name) => Spread> {
  const times = setup.times(perRound);
  const measure = (work: Work) => () => timeWork(setup, work, times);
  const entries = Object.entries<Work>(works).map(([name, work]) => [name, measure(work)] as const);
  // The first round is discarded: a server that has just started still compiles its code.
  for (const [, run] of entries) await run();
  return interleave({ rounds, maxMs }, Object.fromEntries(entries));
}

async function timeWork({ sandbox }: Setup, { app, run }: Work, times: number): Promise<number> {
  await sandbox.clearCalls();
  const before = await app.cpuMs();
  for (let done = 0; done < times; done += 1) await run();
  await waitUntilIdle(sandbox, 500);
  return ((await app.cpuMs()) - before) / times;
}
