import { beforeEach, describe, expect, test } from "vitest";
import { goodSettings } from "../../test/world";
import { readEnv } from "../env";
import { contentPolicy } from "./content-policy";

function policyFor(settings: Record<string, string>): Map<string, string[]> {
  globalThis.singletons = new Map([["env", readEnv(settings)]]);
  const parts = contentPolicy("n0nce").split("; ");
  expect(new Set(parts.map((part) => part.split(" ")[0])).size).toBe(parts.length);
  return new Map(parts.map((part) => [part.split(" ")[0] ?? "", part.split(" ").slice(1)]));
}

describe("a page's policy", () => {
  let policy = new Map<string, string[]>();
  beforeEach(() => {
    policy = policyFor({ ...goodSettings, DINGTALK_LOGIN_URL: "https://login.dingtalk.com/" });
  });

  test("S22 lets nobody frame the page, and frames nothing but DingTalk's sign-in", () => {
    expect(policy.get("frame-ancestors")).toEqual(["'none'"]);
    expect(policy.get("frame-src")).toEqual(["https://login.dingtalk.com"]);
  });

  test("S39 runs only scripts that carry this request's nonce", () => {
    expect(policy.get("script-src")).toEqual(["'self'", "'nonce-n0nce'", "'strict-dynamic'"]);
    expect([...policy.values()].flat()).not.toContain("'unsafe-inline'");
    expect([...policy.values()].flat()).not.toContain("'unsafe-eval'");
  });

  test("S39 knows no plugin, no other base and no default but ourselves", () => {
    expect(policy.get("default-src")).toEqual(["'self'"]);
    expect(policy.get("object-src")).toEqual(["'none'"]);
    expect(policy.get("base-uri")).toEqual(["'none'"]);
  });

  test("S39 sends forms and requests only to ourselves and DingTalk's sign-in", () => {
    expect(policy.get("form-action")).toEqual(["'self'", "https://login.dingtalk.com"]);
    expect(policy.get("connect-src")).toEqual(["'self'", "https://login.dingtalk.com"]);
  });

  test("names nobody but ourselves, DingTalk's sign-in and pictures", () => {
    const named = new Set([...policy.values()].flat().filter((source) => !source.startsWith("'")));
    expect([...named].sort()).toEqual(["data:", "https:", "https://login.dingtalk.com"]);
    for (const [directive, sources] of policy)
      expect([directive, sources.includes("https:")]).toEqual([directive, directive === "img-src"]);
  });

  test("allows what the development server needs only there", () => {
    const development = policyFor({ ...goodSettings, NODE_ENV: "development" });
    expect(development.get("script-src")).toContain("'unsafe-eval'");
    expect(development.get("frame-ancestors")).toEqual(["'none'"]);
  });
});
