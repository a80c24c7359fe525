import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Priority } from "./call";
import { createCallQueue } from "./call-queue";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Call = { name: string; priority?: Priority; takesMs?: number; api?: string };

/** A queue whose calls take their time, and the moments at which each was sent and answered. */
function setUp(perSecond: number | null) {
  const queue = createCallQueue({ perSecond, clock: Date.now });
  const begun = Date.now();
  const sent: { name: string; atMs: number; endedAtMs: number }[] = [];
  const failed: string[] = [];
  async function call({ name, priority = "other", takesMs = 0, api = "v2/user/get" }: Call): Promise<void> {
    try {
      const end = await queue.takeTurn(api, priority);
      const atMs = Date.now() - begun;
      sent.push({ name, atMs, endedAtMs: atMs + takesMs });
      if (takesMs > 0) await new Promise((resolve) => setTimeout(resolve, takesMs));
      end();
    } catch (error) {
      failed.push(name);
      expect(error).toMatchObject({ kind: "queue_full", call: api });
    }
  }
  const names = () => sent.map(({ name }) => name);
  return { queue, call, sent, failed, names };
}

function repeat(count: number, call: (turn: number) => void): void {
  for (let turn = 0; turn < count; turn += 1) call(turn);
}

describe("the queue under DingTalk's limit", () => {
  test("sends at once what the limit allows", async () => {
    const { call, sent } = setUp(5);
    repeat(5, (turn) => void call({ name: String(turn) }));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 0, 0, 0, 0]);
  });

  test("sends everything that waits, at its full rate", async () => {
    const { call, sent } = setUp(5);
    repeat(20, (turn) => void call({ name: String(turn) }));
    await vi.advanceTimersByTimeAsync(3999);
    expect(sent).toHaveLength(20);
  });

  test("spreads the calls that waited over the second", async () => {
    const { call, sent } = setUp(5);
    repeat(10, (turn) => void call({ name: String(turn) }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent.slice(5).map(({ atMs }) => atMs)).toEqual([1000, 1160, 1320, 1480, 1640]);
  });

  test("counts each API alone", async () => {
    const { call, sent } = setUp(1);
    void call({ name: "a" });
    void call({ name: "b", api: "contact/users" });
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(2);
  });

  test("without a limit lets nothing wait", async () => {
    const { call, sent } = setUp(null);
    repeat(500, (turn) => void call({ name: String(turn), takesMs: 100 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toHaveLength(500);
  });

  test("pauses an API that DingTalk throttled for a second", async () => {
    const { queue, call, sent } = setUp(5);
    queue.pause("v2/user/get");
    void call({ name: "a" });
    await vi.advanceTimersByTimeAsync(999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(1);
  });

  test("S32 never has more calls in a second than allowed, whenever DingTalk counts each", async () => {
    const calls = fc.array(
      fc.record({ afterMs: fc.nat(400), takesMs: fc.nat(900), counts: fc.double({ min: 0, max: 1, noNaN: true }) }),
      {
        minLength: 10,
        maxLength: 60,
      },
    );
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 6 }), async (plans, perSecond) => {
        const { call, sent } = setUp(perSecond);
        for (const [turn, { afterMs, takesMs }] of plans.entries()) {
          void call({ name: String(turn), takesMs });
          await vi.advanceTimersByTimeAsync(afterMs);
        }
        await vi.advanceTimersByTimeAsync(200_000);
        const countedAtMs = sent.map(
          ({ name, atMs, endedAtMs }) => atMs + (endedAtMs - atMs) * (plans[Number(name)]?.counts ?? 0),
        );
        const sorted = countedAtMs.sort((a, b) => a - b);
        for (const [turn, atMs] of sorted.entries())
          expect((sorted[turn + perSecond] ?? Number.POSITIVE_INFINITY) - atMs).toBeGreaterThanOrEqual(1000);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the order of the queue", () => {
  test("is that of arrival, and sign-ins come before everything else", async () => {
    const { call, names } = setUp(1);
    void call({ name: "first" });
    for (const name of ["refresh 1", "refresh 2"]) void call({ name });
    for (const name of ["sign-in 1", "sign-in 2"]) void call({ name, priority: "sign_in" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(names()).toEqual(["first", "sign-in 1", "sign-in 2", "refresh 1", "refresh 2"]);
  });

  test("is kept when a call arrives just as a turn becomes free", async () => {
    const { call, names } = setUp(1);
    void call({ name: "1" });
    void call({ name: "2" });
    await vi.advanceTimersByTimeAsync(999);
    void call({ name: "3" });
    await vi.advanceTimersByTimeAsync(5000);
    expect(names()).toEqual(["1", "2", "3"]);
  });
});

describe("S42 a call that waits", () => {
  test("for a sign-in fails after ten seconds without a turn, and others are not delayed by it", async () => {
    const { call, failed, names } = setUp(1);
    void call({ name: "hangs", takesMs: 12_000 });
    void call({ name: "sign-in", priority: "sign_in" });
    await vi.advanceTimersByTimeAsync(9999);
    expect(failed).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(failed).toEqual(["sign-in"]);
    void call({ name: "later", priority: "sign_in" });
    await vi.advanceTimersByTimeAsync(4000);
    expect(names()).toEqual(["hangs", "later"]);
  });

  test("for anything else fails after a minute", async () => {
    const { call, failed } = setUp(1);
    void call({ name: "hangs", takesMs: 100_000 });
    void call({ name: "refresh" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(failed).toEqual(["refresh"]);
  });

  test("fails at once behind two thousand others", async () => {
    const { call, failed } = setUp(1);
    repeat(2001, (turn) => void call({ name: String(turn) }));
    await vi.advanceTimersByTimeAsync(0);
    expect(failed).toEqual([]);
    void call({ name: "one too many" });
    void call({ name: "sign-in", priority: "sign_in" });
    await vi.advanceTimersByTimeAsync(0);
    expect(failed).toEqual(["one too many"]);
  });
});
