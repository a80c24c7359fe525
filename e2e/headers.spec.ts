import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import { type APIResponse, type BrowserContext } from "@playwright/test";
import getPort from "get-port";
import { userAgents } from "../sandbox/user-agents";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import { enter, finishSignIn, postSilentCode, startSignIn } from "./sign-in";

const personal = ["/profile", "/admin/employees", "/admin/employees/user0001"];
const pages = ["/login", "/login?error=outsider", "/no-such-page", ...personal];

async function get(context: BrowserContext, path: string): Promise<Record<string, string>> {
  return (await context.request.get(path)).headers();
}

test("S39 every page allows only its own scripts, with a new nonce per response", async ({
  context,
  dingtalk,
  world,
}) => {
  await enter(context, dingtalk, hanmeimei);
  const nonces = new Set<string>();
  for (const path of pages) {
    const response = await context.request.get(path);
    const policy = response.headers()["content-security-policy"] ?? "";
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    nonces.add(nonce);
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']{16,}' 'strict-dynamic';/);
    expect(policy).not.toContain("unsafe");
    for (const part of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      `frame-src ${world.dingtalk.url}`,
    ])
      expect(policy.split("; ")).toContain(part);
    for (const [script] of (await response.text()).matchAll(/<script\b[^>]*>/g))
      expect(script).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(pages.length);
});

test("S39 the page inside DingTalk allows only its own scripts and styles", async ({ openBrowser }) => {
  const context = await openBrowser({ userAgent: userAgents.android });
  const response = await context.request.get("/login?returnTo=/profile%3Fx%3D</script><script>alert(1)</script>");
  const policy = response.headers()["content-security-policy"] ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']{16,}' 'strict-dynamic'; style-src 'self' 'nonce-/);
  expect(response.headers()["cache-control"]).toContain("no-store");
  const html = await response.text();
  expect(html).not.toContain("<script>alert");
  const elements = [...html.matchAll(/<(?:script|style|link)\b[^>]*>/g)].map(([element]) => element);
  expect(elements).toHaveLength(4);
  for (const element of elements) expect(element).toContain(`nonce="${nonce}"`);
});

/** The headers of every response. */
const protection = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": expect.stringContaining("camera=()"),
  "strict-transport-security": expect.stringMatching(/^max-age=\d{7,}/),
  "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
};

test("S39 every response forbids content sniffing, referrer leaks and framing", async ({ context }) => {
  const missing = ["/api/no-such-route", "/no-such-image.svg", "/_next/static/no-such-file.js", "/_next/data/x/y.json"];
  for (const path of [...pages, ...missing, "/icon.svg", "/api/health", "/api/auth/csrf"])
    expect(await get(context, path), path).toMatchObject(protection);
});

test("S39 a request that is malformed or has another method is refused with every header, never with 500", async ({
  context,
  world,
}) => {
  const form = { "content-type": "multipart/form-data; boundary=x" };
  const action = { "next-action": "40a0c0ffee40a0c0ffee40a0c0ffee40a0c0ffee40" };
  const refused: [number, string, { method?: string; headers?: Record<string, string>; data?: string }][] = [
    [400, "/admin/employees/%", {}],
    [400, "/scan/%", {}],
    [405, "/login", { method: "PUT" }],
    [405, "/login", { method: "OPTIONS" }],
    [405, "/no-such-image.svg", { method: "PATCH" }],
    [405, "/login", { method: "DELETE" }],
    [405, "/icon.svg", { method: "POST" }],
    [400, "/login", { method: "POST", headers: { ...action, "content-type": "text/plain" }, data: "x" }],
    [400, "/login", { method: "POST", headers: { ...action, ...form }, data: "x" }],
    [400, "/login", { method: "POST", headers: form, data: "x" }],
    [403, "/login", { method: "POST", headers: { ...form, origin: "https://evil.test" }, data: "x" }],
    [400, "/language", { method: "POST", headers: form, data: "x" }],
    [400, "/api/auth/error?error=unknown", {}],
  ];
  for (const [status, path, options] of refused) {
    const response = await context.request.fetch(world.url + path, options);
    expect(response.status(), `${options.method} ${path}`).toBe(status);
    expect(response.headers(), path).toMatchObject(protection);
    expect(await response.text()).not.toMatch(/\bat .+:\d+/);
  }
  expect(await trace(world.url)).toMatchObject({ status: 405, headers: protection });
});

/** A browser and fetch refuse to send TRACE. */
async function trace(url: string): Promise<{ status: number | undefined; headers: unknown }> {
  const asking = request(url, { method: "TRACE", headers: { "x-secret": "mine" } }).end();
  const [response]: [IncomingMessage] = await once(asking, "response").then(([first]) => [first]);
  return { status: response.resume().statusCode, headers: response.headers };
}

test("S22 no page can be framed", async ({ page, world, consoleErrors }) => {
  consoleErrors.allow(/frame|X-Frame-Options|ERR_BLOCKED_BY_RESPONSE/i, "the browser reports the refused frame");
  const body = `<title>Around</title><link rel="icon" href="data:,"><iframe title="ours" src="${world.url}/login"></iframe>`;
  const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(body));
  const port = await getPort();
  await once(server.listen(port, "127.0.0.1"), "listening");
  const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await page.goto(`http://127.0.0.1:${port}/`);
  await refused;
  await expect(page.frameLocator('iframe[title="ours"]').getByRole("heading", { name: "用钉钉登录" })).toHaveCount(0);
  server.close();
});

test("S40 no cache stores a personal page", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, hanmeimei);
  for (const path of [...personal, "/login", "/api/auth/session", "/api/auth/csrf"])
    expect((await get(context, path))["cache-control"], path).toContain("no-store");
  const state = await startSignIn(context, "redirect");
  const response = await context.request.get(`/api/auth/callback/dingtalk?state=${state}&error=access_denied`, {
    maxRedirects: 0,
  });
  expect(response.headers()["cache-control"]).toContain("no-store");
});

test("S40 the browser's storage contains nothing personal", async ({ openDingTalk }) => {
  const { page } = await openDingTalk({ person: lilei });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: lilei.name })).toBeVisible();
  expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({});
  expect(await page.evaluate(() => Object.keys({ ...sessionStorage }))).toEqual(["signed-in-at"]);
});

test("S23 no script can read the app's cookies, and other sites cannot send them", async ({ context, dingtalk }) => {
  await startSignIn(context, "redirect");
  await enter(context, dingtalk, lilei);
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name.split(".")[0]).sort()).toEqual(["csrf-token", "return-to", "session", "state"]);
  for (const { httpOnly, sameSite, path } of cookies)
    expect({ httpOnly, sameSite, path }).toEqual({ httpOnly: true, sameSite: "Lax", path: "/" });
});

test("S1 S24 a cookie expires no later than its session or sign-in", async ({ context, dingtalk }) => {
  const before = Date.now() / 1000;
  await startSignIn(context, "redirect");
  await enter(context, dingtalk, lilei);
  const limits: Record<string, number> = { state: 15 * 60, session: 14 * 86_400 };
  for (const { name, expires } of await context.cookies()) {
    const limit = limits[name.split(".")[0] ?? ""];
    if (limit) expect(expires - before).toBeLessThanOrEqual(limit + 60);
  }
});

test("S7 no response of a sign-in contains a DingTalk token", async ({ context, dingtalk, world }) => {
  const texts: string[] = [];
  const record = async (response: APIResponse) =>
    void texts.push(JSON.stringify(response.headers()), await response.text());
  await record(await postSilentCode(context, await dingtalk.mintCode({ kind: "silent", userid: lilei.userid })));
  const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
  expect(world.secrets.findIn(`the code: ${code}.`)).toEqual(["code"]);
  const landed = await finishSignIn(context, { code, state: await startSignIn(context, "redirect") });
  await record(await context.request.get(landed.href));
  await record(await context.request.get("/api/auth/session"));
  expect(world.secrets.findIn(texts.join("\n")).filter((kind) => !kind.startsWith("cookie"))).toEqual([]);
});

test("S13 a client report from another site is rejected, and so is one with too much content", async ({
  context,
  world,
}) => {
  const data = { phase: "bridge", environment: "android 7", error: "from-elsewhere" };
  const post = (body: unknown, headers = {}) => context.request.post("/api/client-reports", { data: body, headers });
  expect((await post(data, { origin: "https://evil.test" })).status()).toBe(403);
  expect((await post({ ...data, phase: "elsewhere" })).status()).toBe(400);
  expect((await post({ ...data, error: 'x\n{"level":60}' })).status()).toBe(400);
  expect((await post({ ...data, error: "x".repeat(3000) })).status()).toBe(400);
  expect(world.log()).not.toContain("from-elsewhere");
  expect((await post({ ...data, error: "from-here" })).status()).toBe(204);
  await expect.poll(world.log).toContain("from-here");
});

test("the app reports its health and its readiness", async ({ context }) => {
  expect(await (await context.request.get("/api/health")).json()).toEqual({ status: "ok" });
  const ready = await (await context.request.get("/api/ready")).json();
  const events = { mode: "off", isConnected: null, lastEventAt: null };
  expect(ready).toEqual({ status: "ok", dingtalk: { api: "closed", oapi: "closed" }, events });
});
