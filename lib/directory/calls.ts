import { setTimeout as sleep } from "node:timers/promises";
import { DingTalkError } from "../dingtalk/errors";
import { env } from "../env";
import { createPace } from "./pace";
import { type SyncRun } from "./runs";

/** How long a run goes on trying while DingTalk does not answer; then it fails, and the next one begins anew. */
const patienceMs = 5 * 60_000;
const firstPauseMs = 1000;
const maxPauseMs = 30_000;

/** A run, and how it calls DingTalk. */
export type SyncWork = { run: SyncRun; calls: SyncCalls };

export type SyncCalls = {
  /** Makes a call when the rate allows it, and again after a failure that passes. Throws `DingTalkError` for the others. */
  make: <Result>(call: () => Promise<Result>) => Promise<Result>;
  /** How many calls were made since the last time this was asked. */
  takeCount: () => number;
};

/** The calls of one run. No rate limit of DingTalk ever ends a run: a throttled call waits, however long it takes. */
export function createSyncCalls(wait: (ms: number) => Promise<unknown> = sleep): SyncCalls {
  const takeTurn = createPace({ perSecond: env().DIRECTORY_SYNC_QPS });
  let count = 0;

  async function make<Result>(call: () => Promise<Result>): Promise<Result> {
    let pauseMs = firstPauseMs;
    for (let waitedMs = 0; ; waitedMs += pauseMs) {
      await takeTurn();
      count += 1;
      try {
        return await call();
      } catch (error) {
        if (!mayPass(error, waitedMs)) throw error;
      }
      await wait(pauseMs);
      pauseMs = Math.min(pauseMs * 2, maxPauseMs);
    }
  }

  return {
    make,
    takeCount() {
      const made = count;
      count = 0;
      return made;
    },
  };
}

/** Whether it is worth to make a call again after so long. A throttled call only comes too early. */
function mayPass(error: unknown, waitedMs: number): boolean {
  if (!(error instanceof DingTalkError)) return false;
  if (error.reason === "throttled" || error.kind === "queue_full") return true;
  return (
    waitedMs < patienceMs && (error.kind !== "refused" || error.reason === "busy" || error.reason === "invalid_token")
  );
}

/** Works on items, so many at a time. After a failure no further one is begun, and it is thrown when the others have ended. */
export async function inParallel<Item>(
  items: Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  let failure: { error: unknown } | null = null;
  async function takeItems(): Promise<void> {
    for (const item of waiting) {
      if (failure) return;
      await work(item).catch((error: unknown) => {
        failure ??= { error };
      });
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, takeItems));
  rethrow(failure);
}

function rethrow(failure: { error: unknown } | null): void {
  if (failure) throw failure.error;
}
