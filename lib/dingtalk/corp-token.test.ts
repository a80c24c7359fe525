import { describe, expect, test, vi } from "vitest";
import { createCorpTokenCache } from "./corp-token";
import { DingTalkError } from "./errors";

const hour = 3600 * 1000;

function setUp({ lifeSeconds = 7200, random = 0 } = {}) {
  const clock = { now: 0 };
  let made = 0;
  const load = vi.fn(async () => {
    made += 1;
    return { token: `T${made}`, expiresInSeconds: lifeSeconds };
  });
  const tokens = createCorpTokenCache({ load, clock: () => clock.now, random: () => random });
  return { clock, load, tokens };
}

function rejection() {
  return new DingTalkError({ call: "read", kind: "refused", reason: "invalid_token", code: "40014" });
}

/** A send function that DingTalk rejects with each of these tokens. */
function rejecting(...rejected: string[]) {
  return vi.fn(async (token: string) => {
    if (rejected.includes(token)) throw rejection();
    return token;
  });
}

describe("the corp token", () => {
  test("S33 is loaded once for two hundred concurrent callers", async () => {
    const { load, tokens } = setUp();
    const seen = await Promise.all(Array.from({ length: 200 }, () => tokens.current()));
    expect(new Set(seen)).toEqual(new Set(["T1"]));
    expect(load).toHaveBeenCalledTimes(1);
  });

  test.each([
    [0, 0.8],
    [1, 0.9],
  ])("with jitter %d is renewed in the background at %d of its lifetime", async (random, share) => {
    const { clock, load, tokens } = setUp({ random });
    await tokens.current();
    clock.now = share * 2 * hour - 1;
    await tokens.current();
    expect(load).toHaveBeenCalledTimes(1);
    clock.now = share * 2 * hour + 1;
    expect(await tokens.current()).toBe("T1");
    await vi.waitFor(async () => expect(await tokens.current()).toBe("T2"));
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("makes callers wait for a new one after it has expired", async () => {
    const { clock, tokens } = setUp();
    await tokens.current();
    clock.now = 2 * hour;
    expect(await tokens.current()).toBe("T2");
  });

  test("stays in use while its renewal fails, and the renewal is tried again a little later", async () => {
    const { clock, load, tokens } = setUp();
    await tokens.current();
    load.mockRejectedValueOnce(new DingTalkError({ call: "corpId/token", kind: "timeout" }));
    clock.now = 1.7 * hour;
    expect(await tokens.current()).toBe("T1");
    await new Promise(setImmediate);
    expect(await tokens.current()).toBe("T1");
    expect(load).toHaveBeenCalledTimes(2);
    clock.now += 5000;
    await tokens.current();
    expect(load).toHaveBeenCalledTimes(3);
  });

  test("S33 with a very short lifetime is not loaded for every call", async () => {
    const { clock, load, tokens } = setUp({ lifeSeconds: 1 });
    await tokens.current();
    clock.now = 3999;
    expect(await tokens.current()).toBe("T1");
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("is loaded again for the next caller after a failed load", async () => {
    const { load, tokens } = setUp();
    load.mockRejectedValueOnce(new DingTalkError({ call: "corpId/token", kind: "unreachable" }));
    await expect(tokens.current()).rejects.toMatchObject({ kind: "unreachable" });
    expect(await tokens.current()).toBe("T1");
  });
});

describe("a corp token that DingTalk rejects", () => {
  test("S33 is loaded again once, and the call is sent once more", async () => {
    const { load, tokens } = setUp();
    const send = rejecting("T1");
    expect(await tokens.use(send)).toBe("T2");
    expect(send.mock.calls).toEqual([["T1"], ["T2"]]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("S33 is loaded again once for two hundred concurrent callers", async () => {
    const { load, tokens } = setUp();
    const send = rejecting("T1");
    const seen = await Promise.all(Array.from({ length: 200 }, () => tokens.use(send)));
    expect(new Set(seen)).toEqual(new Set(["T2"]));
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("S33 twice in a row is the caller's error, and rejections cause at most one load in five seconds", async () => {
    const { clock, load, tokens } = setUp();
    const send = rejecting("T1", "T2", "T3");
    await expect(tokens.use(send)).rejects.toMatchObject({ reason: "invalid_token" });
    await expect(tokens.use(send)).rejects.toMatchObject({ reason: "invalid_token" });
    expect(load).toHaveBeenCalledTimes(2);
    expect(send).toHaveBeenCalledTimes(3);
    clock.now = 5000;
    await expect(tokens.use(send)).rejects.toMatchObject({ reason: "invalid_token" });
    expect(load).toHaveBeenCalledTimes(3);
  });

  test("is dropped once: a late rejection of the old token does not drop the new one", async () => {
    const { clock, load, tokens } = setUp();
    let rejectLate = (_: unknown) => {};
    const late = tokens.use((token) => {
      if (token !== "T1") return Promise.resolve(token);
      return new Promise<string>((_, reject) => {
        rejectLate = reject;
      });
    });
    await tokens.use(rejecting("T1"));
    clock.now = 60_000;
    rejectLate(rejection());
    expect(await late).toBe("T2");
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("stays in the cache after any other refusal", async () => {
    const { load, tokens } = setUp();
    const error = new DingTalkError({ call: "read", kind: "refused", reason: "permission_missing" });
    await expect(tokens.use(() => Promise.reject(error))).rejects.toBe(error);
    expect(await tokens.current()).toBe("T1");
    expect(load).toHaveBeenCalledTimes(1);
  });
});
