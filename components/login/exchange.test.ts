import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { exchange, fetchCsrfToken, readAnswer } from "./exchange";

const replace = vi.fn();

beforeEach(() => vi.stubGlobal("location", { origin: "https://login.example.com", replace }));

afterEach(() => {
  vi.unstubAllGlobals();
  replace.mockReset();
});

function tooMany(url: string): Response {
  return Response.json({ url, retryAfterSeconds: 42 }, { status: 429 });
}

test("an answer is read as it is", async () => {
  expect(await readAnswer(Response.json({ url: "/profile" }))).toEqual({ url: "/profile" });
  expect(replace).not.toHaveBeenCalled();
});

test("S20 after too many requests the browser leaves for the page that says how long to wait", async () => {
  vi.stubGlobal("fetch", async () => tooMany("/login?error=too_many_requests&seconds=42"));
  await expect(fetchCsrfToken()).rejects.toThrow("too many requests");
  expect(replace).toHaveBeenCalledExactlyOnceWith("/login?error=too_many_requests&seconds=42");
});

test("S5 an answer leads only to a path of this app", async () => {
  await readAnswer(tooMany("https://evil.test//evil.test/login")).catch(() => {});
  expect(replace).toHaveBeenCalledExactlyOnceWith("/evil.test/login");
});

test("an exchange that has to wait for its turn says how long, and leads nowhere", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ wait: { place: 14, seconds: 6 } }, { status: 202 }));
  const { signal } = new AbortController();
  const answer = await exchange({ method: "silent", code: "c", csrfToken: "t", returnTo: "/profile", signal });
  expect(answer).toMatchObject({ isSignedIn: false, wait: { place: 14, seconds: 6 } });
  expect(replace).not.toHaveBeenCalled();
});
