import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { cookieChanges, setRequest } from "../../test/next-headers";
import { createWorld } from "../../test/world";
import { consumeOAuthState, createOAuthState, readOAuthState } from "./oauth-state";

createWorld();

const signIn = { method: "frame", returnTo: "/profile?tab=1" } as const;

beforeEach(() => setRequest({}));

/** Begins a sign-in and returns its state, with the cookies that the browser then has. */
async function begin(): Promise<{ state: string; cookies: Record<string, string> }> {
  setRequest({});
  const state = await createOAuthState(signIn);
  return { state, cookies: Object.fromEntries(cookieChanges.map(({ name, value }) => [name, value])) };
}

describe("a state's cookie", () => {
  test("S1 has a name of its own that does not show the state", async () => {
    const [one, other] = [await begin(), await begin()];
    const names = [...Object.keys(one.cookies), ...Object.keys(other.cookies)];
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^__Host-state\.[\w-]{8}$/);
    expect(JSON.stringify(one.cookies)).not.toContain(one.state);
  });

  test("S2 holds the state with its method and its return path", async () => {
    const { state, cookies } = await begin();
    setRequest({ cookies });
    expect(await readOAuthState(state)).toEqual({ ...signIn, state });
  });

  test("S1 opens for no other state", async () => {
    const { state, cookies } = await begin();
    setRequest({ cookies });
    for (const other of [null, "", "unknown", state.slice(1), `${state}x`])
      expect(await readOAuthState(other)).toBeNull();
    setRequest({});
    expect(await readOAuthState(state)).toBeNull();
  });

  test("S1 opens for no other value", async () => {
    const { state, cookies } = await begin();
    const [name = ""] = Object.keys(cookies);
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (value) => {
        setRequest({ cookies: { [name]: value } });
        expect(await readOAuthState(state)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  test("S1 expires after fifteen minutes", async () => {
    const { state, cookies } = await begin();
    setRequest({ cookies });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 16 * 60_000 });
    expect(await readOAuthState(state)).toBeNull();
    vi.useRealTimers();
  });

  test("S1 is removed when its state is consumed, and the state is consumed once", async () => {
    const state = { ...signIn, state: "a-state" };
    expect(await consumeOAuthState(state, "c0de")).toEqual(new Set());
    expect(cookieChanges).toMatchObject([{ value: "", options: { maxAge: 0 } }]);
    expect(await consumeOAuthState(state, null)).toEqual(new Set(["state"]));
  });
});

describe("unfinished sign-ins", () => {
  const pending = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`__Host-state.${index}`, "sealed"]));
  const removed = () => cookieChanges.filter(({ value }) => value === "").map(({ name }) => name);

  test("stay up to four, since a fifth is about to begin", async () => {
    setRequest({ cookies: { ...pending(4), other: "x" } });
    await createOAuthState(signIn);
    expect(removed()).toEqual([]);
  });

  test("beyond that are removed, the oldest first", async () => {
    setRequest({ cookies: { other: "x", ...pending(7) } });
    await createOAuthState(signIn);
    expect(removed()).toEqual(["__Host-state.0", "__Host-state.1", "__Host-state.2"]);
  });
});
