import { describe, expect, test, vi } from "vitest";
import { DingTalkError, type DingTalkErrorKind } from "./errors";
import { type RefusedReason } from "./reasons";
import { createRepeat } from "./repeat";

function fault(kind: DingTalkErrorKind, reason: RefusedReason | null = null) {
  return new DingTalkError({ call: "read", kind, reason });
}

function world({ takesMs = 0 } = {}) {
  let now = 0;
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
    now += ms;
  };
  const repeat = createRepeat({ timeoutMs: 5000, clock: () => now, random: () => 0.5, wait });
  const failing = (error: unknown, times = Number.POSITIVE_INFINITY) => {
    let left = times;
    return vi.fn(async () => {
      now += takesMs;
      left -= 1;
      if (left < 0) return "answer";
      throw error;
    });
  };
  return { repeat, failing, waits };
}

describe("a read that fails in passing", () => {
  test.each([fault("unreachable"), fault("http", "busy"), fault("refused", "busy"), fault("refused", "throttled")])(
    "is repeated at most twice: $kind, $reason",
    async (error) => {
      const { repeat, failing } = world();
      const hopeless = failing(error);
      await expect(repeat(hopeless)).rejects.toBe(error);
      expect(hopeless).toHaveBeenCalledTimes(3);
      await expect(repeat(failing(error, 2))).resolves.toBe("answer");
    },
  );

  test("waits longer each time, and a full second for a throttle", async () => {
    const busy = world();
    await busy.repeat(busy.failing(fault("http", "busy"), 2));
    expect(busy.waits).toEqual([250, 500]);
    const throttled = world();
    await throttled.repeat(throttled.failing(fault("refused", "throttled"), 2));
    expect(throttled.waits).toEqual([1250, 2500]);
  });

  test("is repeated once after a time-out", async () => {
    const { repeat, failing } = world();
    const read = failing(fault("timeout"));
    await expect(repeat(read)).rejects.toMatchObject({ kind: "timeout" });
    expect(read).toHaveBeenCalledTimes(2);
  });

  test("S32 is given up when the repeats would take too long", async () => {
    const { repeat, failing } = world({ takesMs: 4900 });
    const read = failing(fault("http", "busy"));
    await expect(repeat(read)).rejects.toMatchObject({ kind: "http" });
    expect(read).toHaveBeenCalledTimes(2);
  });
});

describe("a read that fails for good", () => {
  test.each([
    fault("refused", "permission_missing"),
    fault("refused", "not_member"),
    fault("refused", "invalid_token"),
    fault("malformed"),
    fault("http", "throttled"),
    fault("http"),
    new TypeError("a mistake of ours"),
  ])("is not repeated: %s", async (error) => {
    const { repeat, failing } = world();
    const read = failing(error);
    await expect(repeat(read)).rejects.toBe(error);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
