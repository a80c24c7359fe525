import { setTimeout as sleep } from "node:timers/promises";

type PaceOptions = {
  perSecond: number;
  /** Monotonic, in milliseconds. */
  clock?: () => number;
  wait?: (ms: number) => Promise<unknown>;
};

/** Timers are late, and a busy process is later: so much of the lost time is made up for. */
const catchUpMs = 300;

/**
 * Returns a function that resolves when the next call may be sent, so that calls keep a rate over all APIs together. Callers get
 * their turns in order.
 */
export function createPace({
  perSecond,
  clock = () => performance.now(),
  wait = sleep,
}: PaceOptions): () => Promise<void> {
  const intervalMs = 1000 / perSecond;
  let nextMs = clock();
  return async function takeTurn() {
    const turnMs = Math.max(nextMs, clock() - catchUpMs);
    nextMs = turnMs + intervalMs;
    const delayMs = turnMs - clock();
    if (delayMs > 0) await wait(delayMs);
  };
}
