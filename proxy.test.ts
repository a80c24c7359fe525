import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test } from "vitest";
import { readEnv } from "./lib/env";
import { config, proxy } from "./proxy";
import { goodSettings } from "./test/world";

const origin = goodSettings.NEXTAUTH_URL;
const form = { "content-type": "multipart/form-data; boundary=x" };
const action = { "next-action": "40a0c0ffee" };

beforeEach(() => {
  globalThis.singletons = new Map([["env", readEnv(goodSettings)]]);
});

function runsFor(path: string, headers: Record<string, string>): boolean {
  return unstable_doesMiddlewareMatch({ config, url: origin + path, headers });
}

describe("S34 the proxy runs for", () => {
  test.each(["/", "/login", "/admin/employees/user0001.png", "/apiary", "/language", "/icon.svg"])(
    "every call of an action to %s",
    (path) => {
      expect(runsFor(path, action)).toBe(true);
      expect(runsFor(path, form)).toBe(true);
    },
  );

  test("no other request, because it costs time", () => {
    expect(runsFor("/profile", {})).toBe(false);
    expect(runsFor("/language", { "content-type": "application/x-www-form-urlencoded" })).toBe(false);
    expect(runsFor("/api/auth/session", form)).toBe(false);
  });
});

test("S34 a call that Next cannot decode is refused, and stored nowhere", async () => {
  const headers = { ...action, ...form, origin };
  const answer = await proxy(new NextRequest(`${origin}/login`, { method: "POST", body: "x", headers }));
  expect([answer.status, answer.headers.get("cache-control")]).toEqual([400, "no-store"]);
});

test("a call that Next can decode is passed on", async () => {
  const headers = { ...action, origin };
  const answer = await proxy(new NextRequest(`${origin}/login`, { method: "POST", body: "[]", headers }));
  expect(answer.headers.get("x-middleware-next")).toBe("1");
});
