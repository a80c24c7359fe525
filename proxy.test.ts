import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { readEnv } from "./lib/env";
import { config, proxy } from "./proxy";
import { goodSettings } from "./test/world";

beforeEach(() => {
  globalThis.singletons = new Map([["env", readEnv(goodSettings)]]);
});

function ask(path: string, headers: Record<string, string> = {}): Headers {
  return proxy(new NextRequest(`https://login.example.com${path}`, { headers })).headers;
}

/** What the page will read in its request's header. */
function toPage(answer: Headers, name: string): string | null {
  return answer.get(`x-middleware-request-${name}`);
}

describe("every page's request", () => {
  test("S39 has a nonce of its own, the same for the page as for the browser", () => {
    const answers = [ask("/login"), ask("/login")];
    const nonces = answers.map((answer) => /'nonce-([^']+)'/.exec(answer.get("content-security-policy") ?? "")?.[1]);
    expect(new Set(nonces).size).toBe(2);
    for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9+/]{40,}={0,2}$/);
    for (const answer of answers)
      expect(toPage(answer, "content-security-policy")).toBe(answer.get("content-security-policy"));
  });

  test("S39 takes no policy and no path from the client", () => {
    const answer = ask("/profile?tab=1", {
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
    "/admin/employees/somebody.png",
    "/scan/ticket.svg",
    "/apiary",
    "/_next/data/build/login.json",
  ])("S39 stands before %s", (path) => {
    expect(path).toMatch(pattern);
  });

  test.each(["/api/auth/session", "/_next/static/chunks/main.js", "/_next/image", "/favicon.ico", "/logo.svg"])(
    "stands aside for %s, which is no page",
    (path) => {
      expect(path).not.toMatch(pattern);
    },
  );
});
