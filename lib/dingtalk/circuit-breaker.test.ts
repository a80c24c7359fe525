import { describe, expect, test, vi } from "vitest";
import { type CircuitState, createCircuitBreaker } from "./circuit-breaker";
import { DingTalkError, type DingTalkErrorKind } from "./errors";

function failure(kind: DingTalkErrorKind, httpStatus: number | null = null) {
  return new DingTalkError({ call: "read", kind, httpStatus });
}

function setUp({ random = 0 } = {}) {
  const changes: CircuitState[] = [];
  const time = { ms: 0 };
  const breaker = createCircuitBreaker({
    clock: () => time.ms,
    random: () => random,
    onChange: (state) => void changes.push(state),
  });
  /** Makes calls with this outcome, one every two seconds. */
  async function call(outcome: unknown, times = 1): Promise<void> {
    for (let done = 0; done < times; done += 1) {
      time.ms += 2000;
      await breaker.run(async () => outcome);
    }
  }
  /** Makes a call and says whether it was sent. */
  async function isSent(outcome: unknown = "ok"): Promise<boolean> {
    const send = vi.fn(async () => outcome);
    await breaker.run(send);
    return send.mock.calls.length > 0;
  }
  return { breaker, time, changes, call, isSent };
}

describe("a host's circuit breaker", () => {
  test.each([failure("unreachable"), failure("timeout"), failure("http", 500), failure("http", 503)])(
    "S32 opens after five failures in a row: $message",
    async (error) => {
      const { breaker, changes, call, isSent } = setUp();
      await call(error, 4);
      expect(breaker.state()).toBe("closed");
      await call(error);
      expect(breaker.state()).toBe("open");
      expect(await isSent()).toBe(false);
      expect(changes).toEqual(["open"]);
    },
  );

  test.each([failure("refused"), failure("malformed", 200), failure("http", 403), failure("http", 302)])(
    "S32 stays closed for a host that responds: $message",
    async (error) => {
      const { breaker, call } = setUp();
      await call(error, 20);
      expect(breaker.state()).toBe("closed");
    },
  );

  test("S32 counts again from the start after a response", async () => {
    const { breaker, call } = setUp();
    await call(failure("timeout"), 4);
    await call("ok");
    await call(failure("timeout"), 4);
    expect(breaker.state()).toBe("closed");
  });

  test("S32 counts failures of the same second once", async () => {
    const { breaker, time } = setUp();
    for (let done = 0; done < 50; done += 1) {
      time.ms += 10;
      await breaker.run(async () => failure("unreachable"));
    }
    expect(breaker.state()).toBe("closed");
  });

  test("S32 forgets failures that are a minute old", async () => {
    const { breaker, time, call } = setUp();
    await call(failure("timeout"), 4);
    time.ms += 60_000;
    await call(failure("timeout"), 4);
    expect(breaker.state()).toBe("closed");
  });

  test.each([
    [0, 10_000],
    [0.999, 14_995],
  ])("S32 with the random number %d is half open after %d ms", async (random, openMs) => {
    const { breaker, time, call } = setUp({ random });
    await call(failure("timeout"), 5);
    time.ms += openMs - 1;
    expect(breaker.state()).toBe("open");
    time.ms += 1;
    expect(breaker.state()).toBe("half_open");
  });

  test("passes on what a call throws, and counts it as a response", async () => {
    const { breaker } = setUp();
    await expect(breaker.run(() => Promise.reject(new TypeError("a bug")))).rejects.toThrow("a bug");
    expect(breaker.state()).toBe("closed");
  });
});

describe("a half-open circuit breaker", () => {
  async function setUpHalfOpen() {
    const world = setUp();
    await world.call(failure("timeout"), 5);
    world.time.ms += 10_000;
    return world;
  }

  test("S32 sends one probe at a time", async () => {
    const { breaker, isSent } = await setUpHalfOpen();
    let answer: (value: string) => void = () => {};
    const sent = breaker.run(
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    expect(await isSent()).toBe(false);
    answer("ok");
    expect(await sent).toBe("ok");
  });

  test.each(["ok", failure("refused")])("S32 closes after a response", async (outcome) => {
    const { breaker, changes, isSent } = await setUpHalfOpen();
    expect(await isSent(outcome)).toBe(true);
    expect(breaker.state()).toBe("closed");
    expect(changes).toEqual(["open", "closed"]);
  });

  test("S32 opens again after one failure, and probes again later", async () => {
    const { breaker, time, isSent } = await setUpHalfOpen();
    expect(await isSent(failure("unreachable"))).toBe(true);
    expect(breaker.state()).toBe("open");
    expect(await isSent()).toBe(false);
    time.ms += 10_000;
    expect(await isSent()).toBe(true);
    expect(breaker.state()).toBe("closed");
  });

  test("sends another probe after one that threw", async () => {
    const { breaker, isSent } = await setUpHalfOpen();
    await expect(breaker.run(() => Promise.reject(new TypeError("a bug")))).rejects.toThrow("a bug");
    expect(await isSent()).toBe(true);
  });

  test("S32 a failure of a call that began earlier does not keep it open", async () => {
    const { breaker, time, call } = setUp();
    let fail: (outcome: unknown) => void = () => {};
    const early = breaker.run(
      () =>
        new Promise((resolve) => {
          fail = resolve;
        }),
    );
    await call(failure("timeout"), 5);
    time.ms += 9000;
    fail(failure("timeout"));
    await early;
    time.ms += 1000;
    expect(breaker.state()).toBe("half_open");
  });
});
