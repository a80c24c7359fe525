/** How many are in front, and in how many seconds the browser is to ask again. */
export type Wait = { place: number; seconds: number };

/** A sign-in that asks for its turn. When it has to ask again, it has the same id and keeps its place. */
export type Arrival = { id: string; arrivedAtMs: number };

/** Permission to begin. `end` gives the turn to the next; a second call of it does nothing. */
export type Turn = { end: () => void };

type Waiting = Arrival & {
  /** When a browser that was told to ask again counts as gone. */
  returnByMs: number;
  /** Answers the request that waits for the turn; null while no request does. */
  answer: ((answer: Turn | Wait) => void) | null;
};

/** A request waits no longer than this for its turn; then its browser shows the place. */
const patienceMs = 3000;
/** How much later than told a browser may ask again and still be counted. */
const lateMs = 20_000;
/** A place in the queue is no use to a code that expires first: DingTalk's live for five minutes. */
const maxWaitSeconds = 240;
/** The answer to a request that no browser waits for any more. */
const askAgain: Wait = { place: 0, seconds: 1 };

/** Fewer turns say nothing about how fast the queue moves. */
const minTurnsForPace = 10;

type QueueOptions = { perSecond: number; clock?: () => number };

/**
 * The queue of sign-ins, which keeps the calls of each sign-in from waiting in the middle of it. A few sign-ins are at DingTalk
 * at once, enough to use its whole limit; the next one begins when one of them has ended, in the order of arrival. It holds
 * at most what DingTalk's limit admits within four minutes: beyond that it is "full".
 */
export function createSignInQueue({ perSecond, clock = Date.now }: QueueOptions) {
  // Two seconds' worth: enough for a sign-in of several calls that take 100 ms each, and little to wait for once begun.
  const turns = createTurns(2 * perSecond, beginNext);
  const line = createLine();
  /** When the last turns went to those who waited. */
  let begunAtMs: number[] = [];

  function beginNext(): void {
    const next = turns.areFree() ? line.firstPresent() : undefined;
    if (!next) return;
    line.remove(next.id);
    begunAtMs = [...begunAtMs, clock()].slice(-2 * minTurnsForPace);
    next.answer?.(turns.begin());
  }

  /** How long until the turn: by DingTalk's limit, or by how fast the queue has moved if that is slower. */
  function msUntilTurn(one: Waiting): number {
    const [first = 0, last = 0] = [begunAtMs.at(0), begunAtMs.at(-1)];
    const msPerTurn = begunAtMs.length < minTurnsForPace ? 0 : (last - first) / (begunAtMs.length - 1);
    return (line.placeOf(one) + 1) * Math.max(1000 / perSecond, msPerTurn);
  }

  /** Asking a second early costs a request; asking late costs the place in front of a free turn. */
  function sendAway(one: Waiting): Wait {
    const place = Math.max(0, line.placeOf(one));
    const seconds = Math.max(1, Math.round(msUntilTurn(one) / 1000) - 1);
    one.answer = null;
    one.returnByMs = clock() + seconds * 1000 + lateMs;
    return { place, seconds };
  }

  function stay(one: Waiting, signal: AbortSignal): Promise<Turn | Wait> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => one.answer?.(sendAway(one)), patienceMs);
      function abandon(): void {
        line.remove(one.id);
        one.answer?.(askAgain);
      }
      one.answer = (answer) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abandon);
        resolve(answer);
      };
      signal.addEventListener("abort", abandon);
      if (signal.aborted) abandon();
    });
  }

  /** Waits for a turn, for a few seconds at most and only while `signal` is not aborted. */
  async function take(arrival: Arrival, signal: AbortSignal): Promise<Turn | Wait | "full"> {
    line.forgetLost(clock());
    // A reloaded page asks twice: only its last request can be answered with a turn.
    const former = line.remove(arrival.id);
    former?.answer?.(askAgain);
    if (turns.areFree()) {
      begunAtMs = [];
      return turns.begin();
    }
    if (!former && line.length() >= perSecond * maxWaitSeconds) return "full";
    const one = line.add(arrival);
    return msUntilTurn(one) > patienceMs ? sendAway(one) : stay(one, signal);
  }

  return { take };
}

function createTurns(max: number, onFree: () => void) {
  let running = 0;
  function begin(): Turn {
    running += 1;
    let hasEnded = false;
    const end = () => {
      if (hasEnded) return;
      hasEnded = true;
      running -= 1;
      onFree();
    };
    return { end };
  }
  return { begin, areFree: () => running < max };
}

/** Those who wait, in the order of arrival. */
function createLine() {
  let waiting: Waiting[] = [];
  function add(arrival: Arrival): Waiting {
    const added: Waiting = { ...arrival, returnByMs: Number.POSITIVE_INFINITY, answer: null };
    const before = waiting.findLastIndex(({ arrivedAtMs }) => arrivedAtMs <= added.arrivedAtMs);
    waiting.splice(before + 1, 0, added);
    return added;
  }
  function remove(id: string): Waiting | undefined {
    const removed = waiting.find((one) => one.id === id);
    waiting = waiting.filter((one) => one !== removed);
    return removed;
  }
  function forgetLost(nowMs: number): void {
    waiting = waiting.filter(({ returnByMs }) => nowMs < returnByMs);
  }
  return {
    add,
    remove,
    forgetLost,
    length: () => waiting.length,
    placeOf: (one: Waiting) => waiting.indexOf(one),
    /** The first whose request waits here. The others have been told when to ask again. */
    firstPresent: () => waiting.find(({ answer }) => answer !== null),
  };
}
