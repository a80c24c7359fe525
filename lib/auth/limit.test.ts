import { describe, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { createBrowser } from "../../test/browser";
import { createWorld, goodSettings } from "../../test/world";
import { summariseRefusals } from "../audit/refusals";
import { callbackPath } from "../sign-in-method";

vi.mock("next/server", async (original) => ({ ...(await original<object>()), after: () => {} }));

const limit = 5;
const { lines } = createWorld({ REQUESTS_PER_MINUTE: String(limit) });

const own = goodSettings.NEXTAUTH_URL;
const from = { "x-forwarded-for": "203.0.113.24" };
const asPage = { ...from, accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

type Send = (headers: Record<string, string>) => Promise<Response>;

/** Uses up what this address may send in a minute. */
async function exhaust(send: Send): Promise<void> {
  for (let turn = 0; turn < limit; turn += 1) expect((await send(from)).status).not.toBe(429);
}

function get(path: string): Send {
  const browser = createBrowser();
  return (headers) => browser.send(path, { headers });
}

function post(path: string, fields: Record<string, string>): Send {
  const browser = createBrowser();
  return (headers) => browser.postForm(path, fields, headers);
}

describe("S42 one network address may send so many requests a minute", () => {
  test.each([
    ["GET /api/auth/csrf", get("/api/auth/csrf")],
    ["GET /api/auth/session", get("/api/auth/session")],
    ["DingTalk's callback", get(`${callbackPath("redirect")}?code=1&state=2`)],
    ["a posted silent code", post(callbackPath("silent"), { code: "1" })],
    ["a posted ticket", post(callbackPath("ticket"), { ticket: "1" })],
    ["POST /login/start", post("/login/start", { method: "frame" })],
    ["POST /api/auth/signin", post("/api/auth/signin/dingtalk", {})],
    ["POST /language", post("/language", { language: "en" })],
  ])("to %s, then gets a 429 that says how long to wait", async (_name, send) => {
    await exhaust(send);
    const answer = await send(from);
    expect(answer.status).toBe(429);
    expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d?$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { url, retryAfterSeconds } = await answer.json();
    expect(String(retryAfterSeconds)).toBe(answer.headers.get("retry-after"));
    expect(url).toContain("/login?error=too_many_requests");
    expect((await send({ "x-forwarded-for": "198.51.100.7" })).status).not.toBe(429);
  });

  test("and fewer reports of failures, because each one is a log line", async () => {
    const send = post("/api/client-reports", {});
    expect((await send(from)).status).toBe(400);
    expect((await send(from)).status).toBe(429);
  });

  test("and an IPv6 customer's whole network is one address", async () => {
    const send = get("/api/auth/csrf");
    for (let turn = 0; turn < limit; turn += 1) await send({ "x-forwarded-for": `2001:db8:0:7::${turn + 1}` });
    expect((await send({ "x-forwarded-for": "2001:db8:0:7:1:2:3:4" })).status).toBe(429);
    expect((await send({ "x-forwarded-for": "2001:db8:0:8::1" })).status).not.toBe(429);
  });
});

test("S20 one browser may send so many requests a minute, from whatever address", async () => {
  const browser = createBrowser();
  await browser.csrfToken();
  const ask = async (turn: number) =>
    (await browser.send("/api/auth/csrf", { headers: { "x-forwarded-for": `10.0.0.${turn}` } })).status;
  const answers: number[] = [];
  for (let turn = 0; turn < 241; turn += 1) answers.push(await ask(turn));
  expect(answers.filter((status) => status === 429)).toHaveLength(1);
});

describe("a browser that sent too many requests", () => {
  test.each([
    ["a form", post("/login/start", { method: "redirect", returnTo: "/sessions" })],
    ["DingTalk's redirect", get(`${callbackPath("redirect")}?code=1&state=2`)],
    ["the language form", post("/language", { language: "en" })],
  ])("S42 is shown the sign-in page after %s, which says how long to wait", async (_name, send) => {
    await exhaust(send);
    const answer = await send(asPage);
    const url = new URL(answer.headers.get("location") ?? "", own);
    expect([answer.status, url.pathname, url.searchParams.get("error")]).toEqual([303, "/login", "too_many_requests"]);
    expect(Number(url.searchParams.get("seconds"))).toBeGreaterThan(0);
  });

  test("keeps the page to which the form leads", async () => {
    const send = post("/login/start", { method: "redirect", returnTo: "/sessions" });
    await exhaust(send);
    expect((await send(asPage)).headers.get("location")).toContain("returnTo=%2Fsessions");
  });
});

test("S42 a flood writes two audit rows and two log lines for each reason, not one for each request", async () => {
  const send = get(`${callbackPath("redirect")}?code=1&state=2`);
  for (let turn = 0; turn < 40; turn += 1) await send(from);
  await summariseRefusals();
  const rows = (await recordedEvents()).map(({ reason, count }) => [reason, count]);
  expect(rows.sort()).toEqual([
    ["state_mismatch", 1],
    ["state_mismatch", limit - 1],
    ["too_many_requests", 1],
    ["too_many_requests", 40 - limit - 1],
  ]);
  expect(lines.filter((line) => line.includes("sign-in refused"))).toHaveLength(4);
});
