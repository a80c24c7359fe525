import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readAnswer } from "./answer";
import { fetchCsrfToken } from "./exchange";

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
