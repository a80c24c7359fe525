import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createSignInQueue, type Turn, type Wait } from "./sign-in-queue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const perSecond = 2;
const maxRunning = 2 * perSecond;

/** A queue and what became of each sign-in that asked. */
function setUp() {
  const queue = createSignInQueue({ perSecond });
  const turns = new Map<string, Turn>();
  const waits = new Map<string, Wait>();
  const order: string[] = [];
  let isFull = false;
  async function ask(id: string, options: { arrivedAtMs?: number; signal?: AbortSignal } = {}): Promise<void> {
    const { arrivedAtMs = Date.now(), signal = new AbortController().signal } = options;
    const answer = await queue.take({ id, arrivedAtMs }, signal);
    if (answer === "full") isFull = true;
    else if ("end" in answer) {
      order.push(id);
      turns.set(id, answer);
    } else waits.set(id, answer);
  }
  async function askAll(...ids: string[]): Promise<void> {
    for (const id of ids) {
      void ask(id);
      await vi.advanceTimersByTimeAsync(1);
    }
  }
  /** Lets the first sign-ins begin, so that the next ones have to wait. */
  async function occupy(): Promise<void> {
    for (let turn = 0; turn < maxRunning; turn += 1) await ask(`early ${turn}`);
    order.length = 0;
  }
  async function end(id: string): Promise<void> {
    turns.get(id)?.end();
    await vi.advanceTimersByTimeAsync(0);
  }
  return { ask, askAll, occupy, end, turns, waits, order, isFull: () => isFull };
}

describe("the queue of sign-ins", () => {
  test("lets two seconds' worth of DingTalk's limit begin at once", async () => {
    const { ask, order } = setUp();
    for (let turn = 0; turn < maxRunning + 1; turn += 1) void ask(String(turn));
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(["0", "1", "2", "3"]);
  });

  test("lets the next one begin when one has ended, in the order of arrival", async () => {
    const { occupy, askAll, end, order } = setUp();
    await occupy();
    await askAll("a", "b", "c");
    expect(order).toEqual([]);
    for (const early of ["early 0", "early 1", "early 2"]) await end(early);
    expect(order).toEqual(["a", "b", "c"]);
  });

  test("counts a turn that ends twice once", async () => {
    const { occupy, askAll, end, order } = setUp();
    await occupy();
    await askAll("a", "b");
    await end("early 0");
    await end("early 0");
    expect(order).toEqual(["a"]);
  });

  test("answers a request after three seconds with its place, and when to ask again", async () => {
    const { occupy, askAll, waits } = setUp();
    await occupy();
    await askAll("a", "b", "c");
    await vi.advanceTimersByTimeAsync(2990);
    expect(waits.size).toBe(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(waits.get("c")).toEqual({ place: 2, seconds: 1 });
  });

  test("answers at once when the turn will not come within three seconds", async () => {
    const { occupy, askAll, waits } = setUp();
    await occupy();
    const ids = Array.from({ length: 20 }, (_, index) => String(index));
    await askAll(...ids);
    expect(waits.get("19")).toEqual({ place: 19, seconds: 9 });
    expect(waits.has("0")).toBe(false);
  });

  test("tells how long it takes at the pace at which turns really come", async () => {
    const { ask, occupy, askAll, end, waits } = setUp();
    await occupy();
    await askAll(...Array.from({ length: 12 }, (_, index) => `slow ${index}`));
    const arrivedAtMs = Date.now() - 60_000;
    for (const id of [...Array(12).keys()].map(String)) {
      void ask(id, { arrivedAtMs });
      await end(Number(id) < maxRunning ? `early ${id}` : String(Number(id) - maxRunning));
      await vi.advanceTimersByTimeAsync(2000);
    }
    const before = waits.size;
    await askAll("late");
    expect(waits.size).toBe(before + 1);
    const { place, seconds } = waits.get("late") ?? { place: 0, seconds: 0 };
    expect(seconds).toBe((place + 1) * 2 - 1);
  });

  test("keeps the place of a browser that asks again", async () => {
    const { ask, occupy, askAll, end, order } = setUp();
    await occupy();
    const arrivedAtMs = Date.now();
    void ask("a", { arrivedAtMs });
    await vi.advanceTimersByTimeAsync(4000);
    await askAll("b");
    void ask("a", { arrivedAtMs });
    await end("early 0");
    expect(order).toEqual(["a"]);
  });

  test("gives a turn to one who is there before one who was told to ask later", async () => {
    const { occupy, askAll, end, order } = setUp();
    await occupy();
    await askAll("a");
    await vi.advanceTimersByTimeAsync(3500);
    await askAll("b");
    await end("early 0");
    expect(order).toEqual(["b"]);
  });

  test("keeps the place of a browser that asks another process, which has not seen it yet", async () => {
    const { ask, occupy, askAll, end, order } = setUp();
    await occupy();
    await askAll("b");
    void ask("a from elsewhere", { arrivedAtMs: Date.now() - 5000 });
    await end("early 0");
    expect(order).toEqual(["a from elsewhere"]);
  });
});

describe("a browser that goes away", () => {
  test("S8 does not sign in when it closes the connection while it waits", async () => {
    const { ask, occupy, askAll, end, order } = setUp();
    await occupy();
    const closed = new AbortController();
    void ask("gone", { signal: closed.signal });
    await askAll("b");
    closed.abort();
    await end("early 0");
    expect(order).toEqual(["b"]);
  });

  test("S8 does not sign in when it had closed the connection before it could wait", async () => {
    const { ask, occupy, end, order } = setUp();
    await occupy();
    void ask("gone", { signal: AbortSignal.abort() });
    await end("early 0");
    expect(order).toEqual([]);
  });

  test("and does not come back loses its place, so that the others are told the truth", async () => {
    const { ask, occupy, askAll, waits } = setUp();
    await occupy();
    await askAll(...Array.from({ length: 12 }, (_, index) => `gone ${index}`));
    await vi.advanceTimersByTimeAsync(30_000);
    void ask("late");
    await vi.advanceTimersByTimeAsync(3000);
    expect(waits.get("late")).toEqual({ place: 0, seconds: 1 });
  });

  test("and asks twice, as a reloaded page does, gets one turn", async () => {
    const { ask, occupy, end, order, waits } = setUp();
    await occupy();
    const arrivedAtMs = Date.now();
    void ask("a", { arrivedAtMs });
    void ask("a", { arrivedAtMs });
    await end("early 0");
    await end("early 1");
    expect(order).toEqual(["a"]);
    expect(waits.has("a")).toBe(true);
  });
});

test("S42 the queue holds what DingTalk admits in four minutes, and refuses more until there is room", async () => {
  const { ask, occupy, isFull, waits } = setUp();
  await occupy();
  const arrivedAtMs = Date.now();
  for (let turn = 0; turn < 240 * perSecond; turn += 1) void ask(String(turn), { arrivedAtMs });
  await vi.advanceTimersByTimeAsync(0);
  expect(isFull()).toBe(false);
  await ask("too many");
  expect(isFull()).toBe(true);
  await ask("400", { arrivedAtMs });
  expect(waits.has("400")).toBe(true);
});
