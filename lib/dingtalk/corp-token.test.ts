import { describe, expect, test, vi } from "vitest";
import { createCorpTokens } from "./corp-token";
import { DingTalkError } from "./errors";

const hour = 3600 * 1000;

function world({ lifeSeconds = 7200, random = 0 } = {}) {
  const clock = { now: 0 };
  let made = 0;
  const load = vi.fn(async () => {
    made += 1;
    return { token: `T${made}`, expiresInSeconds: lifeSeconds };
  });
  const tokens = createCorpTokens({ load, clock: () => clock.now, random: () => random });
  return { clock, load, tokens };
}

function refusal() {
  return new DingTalkError({ call: "read", kind: "refused", reason: "invalid_token", code: "40014" });
}

/** Sends, and is refused with every token of the list. */
function refusing(...refused: string[]) {
  return vi.fn(async (token: string) => {
    if (refused.includes(token)) throw refusal();
    return token;
  });
}

describe("the corp token", () => {
  test("S33 is fetched once for two hundred callers at a time", async () => {
    const { load, tokens } = world();
    const seen = await Promise.all(Array.from({ length: 200 }, () => tokens.current()));
    expect(new Set(seen)).toEqual(new Set(["T1"]));
    expect(load).toHaveBeenCalledTimes(1);
  });

  test.each([
    [0, 0.8],
    [1, 0.9],
  ])("with chance %d is renewed at %d of its life, behind the caller's back", async (random, share) => {
    const { clock, load, tokens } = world({ random });
    await tokens.current();
    clock.now = share * 2 * hour - 1;
    await tokens.current();
    expect(load).toHaveBeenCalledTimes(1);
    clock.now = share * 2 * hour + 1;
    expect(await tokens.current()).toBe("T1");
    await vi.waitFor(async () => expect(await tokens.current()).toBe("T2"));
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("is waited for once it has expired", async () => {
    const { clock, tokens } = world();
    await tokens.current();
    clock.now = 2 * hour;
    expect(await tokens.current()).toBe("T2");
  });

  test("still serves while its renewal fails, which is tried again a little later", async () => {
    const { clock, load, tokens } = world();
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

  test("S33 that lives a moment is not fetched for every call", async () => {
    const { clock, load, tokens } = world({ lifeSeconds: 1 });
    await tokens.current();
    clock.now = 3999;
    expect(await tokens.current()).toBe("T1");
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("that could not be fetched is tried again by the next caller", async () => {
    const { load, tokens } = world();
    load.mockRejectedValueOnce(new DingTalkError({ call: "corpId/token", kind: "unreachable" }));
    await expect(tokens.current()).rejects.toMatchObject({ kind: "unreachable" });
    expect(await tokens.current()).toBe("T1");
  });
});

describe("a corp token that DingTalk refuses", () => {
  test("S33 is fetched anew once, and the call is sent once more", async () => {
    const { load, tokens } = world();
    const send = refusing("T1");
    expect(await tokens.use(send)).toBe("T2");
    expect(send.mock.calls).toEqual([["T1"], ["T2"]]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("S33 is fetched anew once for two hundred callers at a time", async () => {
    const { load, tokens } = world();
    const send = refusing("T1");
    const seen = await Promise.all(Array.from({ length: 200 }, () => tokens.use(send)));
    expect(new Set(seen)).toEqual(new Set(["T2"]));
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("S33 twice in a row is the caller's error, and refusals force one fetch in five seconds", async () => {
    const { clock, load, tokens } = world();
    const send = refusing("T1", "T2", "T3");
    await expect(tokens.use(send)).rejects.toMatchObject({ reason: "invalid_token" });
    await expect(tokens.use(send)).rejects.toMatchObject({ reason: "invalid_token" });
    expect(load).toHaveBeenCalledTimes(2);
    expect(send).toHaveBeenCalledTimes(3);
    clock.now = 5000;
    await expect(tokens.use(send)).rejects.toMatchObject({ reason: "invalid_token" });
    expect(load).toHaveBeenCalledTimes(3);
  });

  test("is not dropped twice: a late refusal of the old one leaves the new one alone", async () => {
    const { clock, load, tokens } = world();
    let refuseLate = (_: unknown) => {};
    const late = tokens.use((token) => {
      if (token !== "T1") return Promise.resolve(token);
      return new Promise<string>((_, reject) => {
        refuseLate = reject;
      });
    });
    await tokens.use(refusing("T1"));
    clock.now = 60_000;
    refuseLate(refusal());
    expect(await late).toBe("T2");
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("is kept after any other refusal", async () => {
    const { load, tokens } = world();
    const error = new DingTalkError({ call: "read", kind: "refused", reason: "permission_missing" });
    await expect(tokens.use(() => Promise.reject(error))).rejects.toBe(error);
    expect(await tokens.current()).toBe("T1");
    expect(load).toHaveBeenCalledTimes(1);
  });
});
