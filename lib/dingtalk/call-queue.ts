import { type Priority } from "./call";
import { DingTalkError } from "./errors";

export type CallQueue = {
  /**
   * Resolves when a call to this API may be sent, with a function to call when it has ended. Rejects with a DingTalkError of
   * the kind `queue_full` when too many calls wait, or when this one has waited too long.
   */
  takeTurn: (api: string, priority: Priority) => Promise<EndTurn>;
  /** Sends nothing to this API for a second, because DingTalk has throttled it. */
  pause: (api: string) => void;
};

type EndTurn = () => void;

type QueueOptions = {
  /** How many calls DingTalk accepts in a second per app and API; null: no limit. */
  perSecond: number | null;
  /** Monotonic, in milliseconds. */
  clock?: () => number;
};

const windowMs = 1000;
/** Less than the second, because timers are late: a call that starts late must not cost the second one of its calls. */
const spreadMs = 800;
/** Longer than a sign-in ever waits here, since the app lets only a few begin at once. */
const maxWaitMs: Record<Priority, number> = { sign_in: 10_000, other: 60_000 };
const maxWaiting = 2000;

/**
 * Keeps the calls to each API under DingTalk's limit: sign-ins first, and otherwise in the order of arrival. DingTalk counts a
 * call at some moment between its sending and its response. So a call counts here until a second after its response, and
 * no second at DingTalk has more calls than allowed, however long each was on its way.
 * https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 */
export function createCallQueue({ perSecond, clock = () => performance.now() }: QueueOptions): CallQueue {
  if (perSecond === null) return { takeTurn: async () => () => {}, pause: () => {} };
  const lanes = new Map<string, Lane>();
  function laneOf(api: string): Lane {
    const lane = lanes.get(api) ?? createLane({ api, perSecond: perSecond ?? 1, clock });
    lanes.set(api, lane);
    return lane;
  }
  return { takeTurn: async (api, priority) => laneOf(api).takeTurn(priority), pause: (api) => laneOf(api).pause() };
}

type Lane = ReturnType<typeof createLane>;
type LaneOptions = { api: string; perSecond: number; clock: () => number };

/** The queue of one API. */
function createLane({ api, perSecond, clock }: LaneOptions) {
  const rate = createRate({ perSecond, clock });
  const waiting: Record<Priority, Set<() => void>> = { sign_in: new Set(), other: new Set() };
  let timer: NodeJS.Timeout | undefined;

  function start(): EndTurn {
    rate.start();
    return () => {
      rate.end();
      startNext();
    };
  }

  function startNext(): void {
    clearTimeout(timer);
    const [next] = waiting.sign_in.size > 0 ? waiting.sign_in : waiting.other;
    if (!next) return;
    const delayMs = rate.nextSpreadMs() - clock();
    if (delayMs === Number.POSITIVE_INFINITY) return;
    if (delayMs > 0) timer = setTimeout(startNext, Math.ceil(delayMs));
    else next();
  }

  function wait(priority: Priority): Promise<EndTurn> {
    const queue = waiting[priority];
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(() => {
        queue.delete(begin);
        reject(new DingTalkError({ call: api, kind: "queue_full" }));
      }, maxWaitMs[priority]);
      function begin(): void {
        clearTimeout(tooLate);
        queue.delete(begin);
        resolve(start());
        startNext();
      }
      queue.add(begin);
      startNext();
    });
  }

  async function takeTurn(priority: Priority): Promise<EndTurn> {
    const isEmpty = waiting.sign_in.size + waiting.other.size === 0;
    if (isEmpty && rate.nextMs() <= clock()) return start();
    if (waiting[priority].size >= maxWaiting) throw new DingTalkError({ call: api, kind: "queue_full" });
    return wait(priority);
  }

  return { takeTurn, pause: rate.pause };
}

/** When the limit of one API allows a call. */
function createRate({ perSecond, clock }: Omit<LaneOptions, "api">) {
  let running = 0;
  let endedAtMs: number[] = [];
  let lastStartMs = Number.NEGATIVE_INFINITY;
  let pausedUntilMs = Number.NEGATIVE_INFINITY;

  /** When the next call may start; infinite while only the end of a running call can tell. */
  function nextMs(): number {
    endedAtMs = endedAtMs.filter((atMs) => clock() - atMs < windowMs);
    const excess = running + endedAtMs.length - perSecond;
    if (excess < 0) return pausedUntilMs;
    return Math.max(pausedUntilMs, (endedAtMs[excess] ?? Number.POSITIVE_INFINITY) + windowMs);
  }

  /** The same for calls that wait: spread over the second, so that a crowd does not go through the app in bursts. */
  function nextSpreadMs(): number {
    return Math.max(nextMs(), lastStartMs + spreadMs / perSecond);
  }

  function start(): void {
    running += 1;
    lastStartMs = clock();
  }

  function end(): void {
    running -= 1;
    endedAtMs.push(clock());
  }

  function pause(): void {
    pausedUntilMs = clock() + windowMs;
  }

  return { nextMs, nextSpreadMs, start, end, pause };
}
