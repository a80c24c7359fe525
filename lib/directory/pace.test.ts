import { expect, test } from "vitest";
import { createPace } from "./pace";

/** A clock that stands still until a wait moves it, `lateMs` too far each time. */
function createTime(lateMs: number) {
  let nowMs = 0;
  return {
    clock: () => nowMs,
    wait: async (ms: number) => {
      nowMs += ms + lateMs;
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

async function countIn(ms: number, time: ReturnType<typeof createTime>): Promise<number> {
  const takeTurn = createPace({ perSecond: 15, ...time });
  for (let count = 0; ; count += 1) {
    await takeTurn();
    if (time.clock() >= ms) return count;
  }
}

test("keeps the rate", async () => {
  expect([150, 151]).toContain(await countIn(10_000, createTime(0)));
});

test("keeps at least 95 % of the rate while every timer is late", async () => {
  expect(await countIn(60_000, createTime(40))).toBeGreaterThanOrEqual(900 * 0.95);
});

test("makes up for a short delay only: after a rest there is no flood", async () => {
  const time = createTime(0);
  const takeTurn = createPace({ perSecond: 10, ...time });
  time.pass(60_000);
  for (let count = 0; count < 4; count += 1) await takeTurn();
  expect(time.clock()).toBe(60_000);
  await takeTurn();
  expect(time.clock()).toBeGreaterThan(60_000);
});
