import { describe, expect, test, vi } from "vitest";
import { DingTalkError, type DingTalkErrorKind } from "./errors";
import { type RefusedReason } from "./reasons";
import { createRetry } from "./retry";

function failure(kind: DingTalkErrorKind, reason: RefusedReason | null = null) {
  return new DingTalkError({ call: "read", kind, reason });
}

function setUp({ takesMs = 0 } = {}) {
  let now = 0;
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
    now += ms;
  };
  const retry = createRetry({ timeoutMs: 5000, clock: () => now, random: () => 0.5, wait });
  const failingRead = (error: unknown, times = Number.POSITIVE_INFINITY) => {
    let left = times;
    return vi.fn(async () => {
      now += takesMs;
      left -= 1;
      if (left < 0) return "answer";
      throw error;
    });
  };
  return { retry, failingRead, waits };
}

describe("a read that fails temporarily", () => {
  test.each([
    failure("unreachable"),
    failure("http", "busy"),
    failure("refused", "busy"),
    failure("refused", "throttled"),
  ])("is retried at most twice: $kind, $reason", async (error) => {
    const { retry, failingRead } = setUp();
    const read = failingRead(error);
    await expect(retry(read)).rejects.toBe(error);
    expect(read).toHaveBeenCalledTimes(3);
    await expect(retry(failingRead(error, 2))).resolves.toBe("answer");
  });

  test("is retried after growing delays, of at least a second after a throttle", async () => {
    const busy = setUp();
    await busy.retry(busy.failingRead(failure("http", "busy"), 2));
    expect(busy.waits).toEqual([250, 500]);
    const throttled = setUp();
    await throttled.retry(throttled.failingRead(failure("refused", "throttled"), 2));
    expect(throttled.waits).toEqual([1250, 2500]);
  });

  test("is retried once after a time-out", async () => {
    const { retry, failingRead } = setUp();
    const read = failingRead(failure("timeout"));
    await expect(retry(read)).rejects.toMatchObject({ kind: "timeout" });
    expect(read).toHaveBeenCalledTimes(2);
  });

  test("S32 is not retried again when the retries would take too long", async () => {
    const { retry, failingRead } = setUp({ takesMs: 4900 });
    const read = failingRead(failure("http", "busy"));
    await expect(retry(read)).rejects.toMatchObject({ kind: "http" });
    expect(read).toHaveBeenCalledTimes(2);
  });
});

describe("a read that fails permanently", () => {
  test.each([
    failure("refused", "permission_missing"),
    failure("refused", "not_member"),
    failure("refused", "invalid_token"),
    failure("malformed"),
    failure("circuit_open"),
    failure("http", "throttled"),
    failure("http"),
    new TypeError("a bug in our code"),
  ])("is not retried: %s", async (error) => {
    const { retry, failingRead } = setUp();
    const read = failingRead(error);
    await expect(retry(read)).rejects.toBe(error);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
