import { beforeEach, describe, expect, test } from "vitest";
import { goodSettings } from "../../test/world";
import { readEnv } from "../env";
import { contentPolicy, nonceOf } from "./content-policy";

function policyFor(settings: Record<string, string>): Map<string, string[]> {
  globalThis.singletons = new Map([["env", readEnv(settings)]]);
  const parts = contentPolicy("n0nce").split("; ");
  expect(new Set(parts.map((part) => part.split(" ")[0])).size).toBe(parts.length);
  return new Map(parts.map((part) => [part.split(" ")[0] ?? "", part.split(" ").slice(1)]));
}

describe("a page's content security policy", () => {
  let policy = new Map<string, string[]>();
  beforeEach(() => {
    policy = policyFor({ ...goodSettings, DINGTALK_LOGIN_URL: "https://login.dingtalk.com/" });
  });

  test("S22 forbids framing the page, and allows frames only of DingTalk's login page", () => {
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    expect(policy.get("frame-src")).toEqual(["https://login.dingtalk.com"]);
  });

  test("S39 allows only scripts with this request's nonce", () => {
    expect(policy.get("script-src")).toEqual(["'self'", "'nonce-n0nce'", "'strict-dynamic'"]);
    expect([...policy.values()].flat()).not.toContain("'unsafe-inline'");
    expect([...policy.values()].flat()).not.toContain("'unsafe-eval'");
  });

  test("S39 allows no plugins and no base address, and only this app by default", () => {
    expect(policy.get("default-src")).toEqual(["'self'"]);
    expect(policy.get("object-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'none'"]);
  });

  test("S39 allows forms and requests only to this app and DingTalk's login page", () => {
    expect(policy.get("form-action")).toEqual(["'self'", "https://login.dingtalk.com"]);
    expect(policy.get("connect-src")).toEqual(["'self'", "https://login.dingtalk.com"]);
  });

  test("names only this app, DingTalk's login page and https for images", () => {
    const named = new Set([...policy.values()].flat().filter((source) => !source.startsWith("'")));
    expect([...named].sort()).toEqual(["data:", "https:", "https://login.dingtalk.com"]);
    for (const [directive, sources] of policy)
      expect([directive, sources.includes("https:")]).toEqual([directive, directive === "img-src"]);
  });

  test("allows what the development server needs in development only", () => {
    const development = policyFor({ ...goodSettings, NODE_ENV: "development" });
    expect(development.get("script-src")).toContain("'unsafe-eval'");
    expect(development.get("frame-ancestors")).toEqual(["'none'"]);
  });
});

test("S39 a document finds its nonce in the policy that the proxy passes on", () => {
  globalThis.singletons = new Map([["env", readEnv(goodSettings)]]);
  expect(nonceOf(contentPolicy("bjBuY2U+Lz8="))).toBe("bjBuY2U+Lz8=");
  expect(nonceOf(null)).toBe("");
});
