import { DingTalkError } from "./errors";

type RepeatOptions = {
  timeoutMs: number;
  clock: () => number;
  random: () => number;
  wait: (ms: number) => Promise<void>;
};

export type Repeat = <Answer>(read: () => Promise<Answer>) => Promise<Answer>;

type Past = { repeats: number; timeouts: number; latestStart: number };

const maxRepeats = 2;

/**
 * Repeats a read that failed in passing: at most twice, once after a time-out, with growing waits, and never beginning
 * later than two time-outs after the first try. Only for calls that change nothing.
 * https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 */
export function createRepeat({ timeoutMs, clock, random, wait }: RepeatOptions): Repeat {
  async function attempt<Answer>(read: () => Promise<Answer>, past: Past): Promise<Answer> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof DingTalkError) || !mayRepeat(error, past)) throw error;
      const pauseMs = pauseAfter(error, past.repeats, random());
      if (clock() + pauseMs > past.latestStart) throw error;
      await wait(pauseMs);
      const timeouts = past.timeouts + Number(error.kind === "timeout");
      return attempt(read, { ...past, repeats: past.repeats + 1, timeouts });
    }
  }

  return (read) => attempt(read, { repeats: 0, timeouts: 0, latestStart: clock() + 2 * timeoutMs });
}

function mayRepeat({ kind, reason }: DingTalkError, { repeats, timeouts }: Past): boolean {
  if (repeats === maxRepeats) return false;
  if (kind === "timeout") return timeouts === 0;
  // A throttle lasts a second; the block page, which is no refusal, lasts minutes and grows with every knock.
  return kind === "unreachable" || reason === "busy" || (kind === "refused" && reason === "throttled");
}

function pauseAfter({ reason }: DingTalkError, repeats: number, chance: number): number {
  const shortest = reason === "throttled" ? 1000 : 200;
  return Math.round(shortest * 2 ** repeats * (1 + chance / 2));
}
