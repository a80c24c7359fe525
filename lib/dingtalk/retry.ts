import { DingTalkError } from "./errors";

type RetryOptions = {
  timeoutMs: number;
  clock: () => number;
  random: () => number;
  wait: (ms: number) => Promise<void>;
};

export type Retry = <Result>(read: () => Promise<Result>) => Promise<Result>;

type Attempts = { retries: number; timeouts: number; latestStart: number };

const maxRetries = 2;

/**
 * Retries a read after a temporary failure: at most twice, once after a time-out, with growing delays. No retry starts later
 * than two time-outs after the first attempt. Only for calls that change nothing.
 * https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 */
export function createRetry({ timeoutMs, clock, random, wait }: RetryOptions): Retry {
  async function attempt<Result>(read: () => Promise<Result>, past: Attempts): Promise<Result> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof DingTalkError) || !isRetryable(error, past)) throw error;
      const delayMs = delayAfter(error, past.retries, random());
      if (clock() + delayMs > past.latestStart) throw error;
      await wait(delayMs);
      const timeouts = past.timeouts + Number(error.kind === "timeout");
      return attempt(read, { ...past, retries: past.retries + 1, timeouts });
    }
  }

  return (read) => attempt(read, { retries: 0, timeouts: 0, latestStart: clock() + 2 * timeoutMs });
}

function isRetryable(
  { kind, reason }: DingTalkError,
  { retries, timeouts }: { retries: number; timeouts: number },
): boolean {
  if (retries === maxRetries) return false;
  if (kind === "timeout") return timeouts === 0;
  // A throttle lasts one second. The block page, which is not a refusal, lasts minutes, and each further call extends it.
  return kind === "unreachable" || reason === "busy" || (kind === "refused" && reason === "throttled");
}

function delayAfter({ reason }: DingTalkError, retries: number, jitter: number): number {
  const minDelayMs = reason === "throttled" ? 1000 : 200;
  return Math.round(minDelayMs * 2 ** retries * (1 + jitter / 2));
}
