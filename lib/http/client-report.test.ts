import { beforeEach, describe, expect, test } from "vitest";
import { createMemoryLog } from "../../test/log";
import { goodSettings } from "../../test/world";
import { readEnv } from "../env";
import { receiveClientReport } from "./client-report";

const { log, lines } = createMemoryLog();

beforeEach(() => {
  lines.length = 0;
  globalThis.singletons = new Map<string, unknown>([
    ["env", readEnv(goodSettings)],
    ["log", log],
  ]);
});

const own = { origin: goodSettings.NEXTAUTH_URL, "sec-fetch-site": "same-origin" };
const report = { phase: "bridge", environment: "DingTalk 7.6.50, Android", error: "ERROR 4040 notInDingTalk" };

function send(body: unknown, headers: Record<string, string> = own): Promise<number> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return receiveClientReport(new Request("https://login.example.com/", { method: "POST", body: text, headers }));
}

describe("a page's report of a failure", () => {
  test("is logged with phase, environment, error and client info", async () => {
    const headers = { ...own, "user-agent": "a browser", "x-forwarded-for": "198.51.100.7" };
    expect(await send(report, headers)).toBe(204);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { ...report, ip: "198.51.100.7", userAgent: "a browser" },
    ]);
  });

  test.each<Record<string, string>>([
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { ...own, "sec-fetch-site": "same-site" },
  ])("S13 from another site is refused: %o", async (headers) => {
    expect(await send(report, headers)).toBe(403);
    expect(lines).toEqual([]);
  });

  test.each([
    ["text that is not JSON", "{"],
    ["an empty body", ""],
    ["a list", []],
    ["an unknown phase", { ...report, phase: "unknown" }],
    ["no error", { phase: "bridge", environment: "" }],
    ["an error that is too long", { ...report, error: "a ".repeat(101) }],
    ["a line break, which could forge a line of the log (S37)", { ...report, error: "fine\n{}" }],
    ["an address with a query", { ...report, error: "https://login.example.com/?code=1" }],
    ["markup", { ...report, environment: "<b>" }],
  ])("of the wrong shape is refused: %s", async (_what, body) => {
    expect(await send(body)).toBe(400);
    expect(lines).toEqual([]);
  });

  test("S34 that is too long is refused", async () => {
    expect(await send({ ...report, more: "x".repeat(2048) })).toBe(400);
  });

  test.each(["environment", "error"])("S7 is logged without what could be a code in its %s", async (field) => {
    const code = "0123456789abcdef0123456789abcdef";
    expect(await send({ ...report, [field]: `failed with ${code}` })).toBe(204);
    expect(lines.join()).not.toContain(code);
    expect(lines.join()).toContain("failed with …");
  });
});
