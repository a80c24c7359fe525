import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { readEnv } from "./lib/env";
import { config, proxy } from "./proxy";
import { goodSettings } from "./test/world";

beforeEach(() => {
  globalThis.singletons = new Map([["env", readEnv(goodSettings)]]);
});

async function ask(path: string, headers: Record<string, string> = {}): Promise<Headers> {
  return (await proxy(new NextRequest(`https://login.example.com${path}`, { headers }))).headers;
}

/** The request header that the page reads. */
function toPage(answer: Headers, name: string): string | null {
  return answer.get(`x-middleware-request-${name}`);
}

describe("a page's request", () => {
  test("S39 has a new nonce, the same for the page and for the browser", async () => {
    const answers = [await ask("/login"), await ask("/login")];
    const nonces = answers.map((answer) => /'nonce-([^']+)'/.exec(answer.get("content-security-policy") ?? "")?.[1]);
    expect(new Set(nonces).size).toBe(2);
    for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{40,}={0,2}$/);
    for (const answer of answers)
      expect(toPage(answer, "content-security-policy")).toBe(answer.get("content-security-policy"));
  });

  test("S39 takes no policy and no path from the client", async () => {
    const answer = await ask("/profile?tab=1", {
      "content-security-policy": "script-src 'nonce-known-to-an-attacker'",
      "x-path": "/admin/employees",
    });
    expect(toPage(answer, "content-security-policy")).not.toContain("known-to-an-attacker");
    expect(toPage(answer, "x-path")).toBe("/profile?tab=1");
  });
});

describe("the proxy", () => {
  const pattern = new RegExp(`^${config.matcher[0]}$`);

  test.each([
    "/",
    "/login",
    "/profile",
    "/admin/employees",
    "/admin/employees/user0001",
    "/admin/employees/user0001.png",
    "/scan/ticket.svg",
    "/apiary",
    "/_next/data/build/login.json",
  ])("S39 runs for %s", (path) => {
    expect(path).toMatch(pattern);
  });

  test.each(["/api/auth/session", "/_next/static/chunks/main.js", "/_next/image", "/favicon.ico", "/logo.svg"])(
    "does not run for %s, which is not a page",
    (path) => {
      expect(path).not.toMatch(pattern);
    },
  );
});
