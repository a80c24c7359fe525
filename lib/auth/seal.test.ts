import * as crypto from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { goodSettings } from "../../test/world";
import { readEnv } from "../env";
import { seal, unseal } from "./seal";

vi.mock("node:crypto", async (original) => {
  const actual = await original<typeof crypto>();
  return { ...actual, hkdfSync: vi.fn(actual.hkdfSync) };
});

const derivations = vi.mocked(crypto.hkdfSync);
const secret = goodSettings.NEXTAUTH_SECRET;
const otherSecret = "another-secret-of-32-characters-x";
const token = { sessionId: "id-of-a-session" };

function useSettings(settings: Record<string, string> = {}): void {
  const keys = globalThis.singletons?.get("sealKeys");
  globalThis.singletons = new Map([["env", readEnv({ ...goodSettings, ...settings })]]);
  if (keys) globalThis.singletons.set("sealKeys", keys);
}

beforeEach(() => {
  globalThis.singletons = undefined;
  useSettings();
  derivations.mockClear();
});

describe("a sealed value", () => {
  test.each(["", "state"] as const)("can be opened by next-auth, and the other way round (salt %j)", async (salt) => {
    expect(await decode({ token: await seal(salt, token, 60), secret, salt })).toMatchObject(token);
    expect(await unseal(salt, await encode({ token, secret, salt, maxAge: 60 }))).toMatchObject(token);
  });

  test("has the claims that next-auth writes", async () => {
    const ours = await unseal("", await seal("", token, 60));
    const theirs = await unseal("", await encode({ token, secret, maxAge: 60 }));
    expect(Object.keys(ours ?? {})).toEqual(Object.keys(theirs ?? {}));
    expect(Number(ours?.exp) - Number(ours?.iat)).toBe(60);
  });

  test("S30 is null for another purpose, a changed value, and nothing", async () => {
    const sealed = await seal("state", token, 60);
    for (const value of [sealed, `${sealed}x`, sealed.slice(0, -3), "garbage", "", null])
      expect(await unseal("", value)).toBeNull();
  });

  test("S24 is null after its time and the 15 seconds that clocks may differ", async () => {
    expect(await unseal("", await seal("", token, -14))).toMatchObject(token);
    expect(await unseal("", await seal("", token, -16))).toBeNull();
  });

  test("S36 opens with the former secret, and never with an unknown one", async () => {
    const sealed = await seal("", token, 60);
    useSettings({ NEXTAUTH_SECRET: otherSecret, NEXTAUTH_SECRET_FORMER: secret });
    expect(await unseal("", sealed)).toMatchObject(token);
    useSettings({ NEXTAUTH_SECRET: otherSecret });
    expect(await unseal("", sealed)).toBeNull();
  });
});

describe("a key", () => {
  test("is derived once for each secret and purpose", async () => {
    for (let turn = 0; turn < 3; turn += 1) await unseal("", await seal("", token, 60));
    expect(derivations).toHaveBeenCalledTimes(1);
    for (let turn = 0; turn < 3; turn += 1) await unseal("state", await seal("state", token, 60));
    expect(derivations).toHaveBeenCalledTimes(2);
  });

  test("S36 is not used any more when the secret changes", async () => {
    await seal("", token, 60);
    useSettings({ NEXTAUTH_SECRET: otherSecret });
    expect(await decode({ token: await seal("", token, 60), secret: otherSecret })).toMatchObject(token);
    expect(derivations).toHaveBeenCalledTimes(2);
  });
});
