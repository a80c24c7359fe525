import { once } from "node:events";
import { createServer } from "node:http";
import { type APIResponse, type BrowserContext } from "@playwright/test";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import { begin, comeBack, enter, postSilentCode } from "./sign-in-methods";

const personal = ["/profile", "/admin/employees", "/admin/employees/user0001"];
const pages = ["/login", "/login?error=outsider", "/no-such-page", ...personal];

async function get(context: BrowserContext, path: string): Promise<Record<string, string>> {
  return (await context.request.get(path)).headers();
}

test("S39 every page runs only its own scripts, by a nonce that is new each time", async ({
  context,
  dingtalk,
  world,
}) => {
  await enter(context, dingtalk, hanmeimei);
  const nonces = new Set<string>();
  for (const path of pages) {
    const answer = await context.request.get(path);
    const policy = answer.headers()["content-security-policy"] ?? "";
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
    for (const [script] of (await answer.text()).matchAll(/<script\b[^>]*>/g))
      expect(script).toContain(`nonce="${nonce}"`);
  }
  expect(nonces.size).toBe(pages.length);
});

test("S39 every answer forbids guessing types, leaking addresses and being framed", async ({ context }) => {
  for (const path of [...pages, "/api/health", "/api/auth/csrf"]) {
    expect(await get(context, path)).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "strict-transport-security": expect.stringMatching(/^max-age=\d{7,}/),
    });
  }
});

test("S22 no page lets itself be framed", async ({ page, world, complaints }) => {
  complaints.allow(/frame|X-Frame-Options|ERR_BLOCKED_BY_RESPONSE/i, "the browser reports the frame it refuses");
  const body = `<title>Around</title><link rel="icon" href="data:,"><iframe title="ours" src="${world.url}/login"></iframe>`;
  const around = createServer((_request, answer) => answer.setHeader("content-type", "text/html").end(body));
  await once(around.listen(0, "127.0.0.1"), "listening");
  const refused = page.waitForEvent("console", (message) => message.text().includes("frame-ancestors"));
  await page.goto(`http://127.0.0.1:${Object(around.address()).port}/`);
  await refused;
  await expect(page.frameLocator('iframe[title="ours"]').getByRole("heading", { name: "用钉钉登录" })).toHaveCount(0);
  around.close();
});

test("S40 what is personal is kept by no cache", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, hanmeimei);
  for (const path of [...personal, "/login", "/api/auth/session", "/api/auth/csrf"])
    expect((await get(context, path))["cache-control"], path).toContain("no-store");
  const state = await begin(context, "redirect");
  const answer = await context.request.get(`/api/auth/callback/dingtalk?state=${state}&error=access_denied`, {
    maxRedirects: 0,
  });
  expect(answer.headers()["cache-control"]).toContain("no-store");
});

test("S40 nothing of a person is left in the browser's storage", async ({ openDingTalk }) => {
  const { page } = await openDingTalk({ person: lilei });
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: lilei.name })).toBeVisible();
  expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({});
  expect(await page.evaluate(() => Object.keys({ ...sessionStorage }))).toEqual(["signed-in-at"]);
});

test("S23 no script can read a cookie of ours, and none is sent along from other sites", async ({
  context,
  dingtalk,
}) => {
  await begin(context, "redirect");
  await enter(context, dingtalk, lilei);
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name.split(".")[0]).sort()).toEqual(["csrf-token", "return-to", "session", "state"]);
  for (const { httpOnly, sameSite, path } of cookies)
    expect({ httpOnly, sameSite, path }).toEqual({ httpOnly: true, sameSite: "Lax", path: "/" });
});

test("S1 S24 cookies live no longer than what they stand for", async ({ context, dingtalk }) => {
  const before = Date.now() / 1000;
  await begin(context, "redirect");
  await enter(context, dingtalk, lilei);
  const limits: Record<string, number> = { state: 15 * 60, session: 14 * 86_400 };
  for (const { name, expires } of await context.cookies()) {
    const limit = limits[name.split(".")[0] ?? ""];
    if (limit) expect(expires - before).toBeLessThanOrEqual(limit + 60);
  }
});

test("S7 no answer on the way in carries a token of DingTalk's", async ({ context, dingtalk, world }) => {
  const texts: string[] = [];
  const note = async (answer: APIResponse) => void texts.push(JSON.stringify(answer.headers()), await answer.text());
  await note(await postSilentCode(context, await dingtalk.mintCode({ kind: "silent", userid: lilei.userid })));
  const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
  expect(world.secrets.findIn(`what is looked for: ${code}.`)).toEqual(["code"]);
  const landed = await comeBack(context, { code, state: await begin(context, "redirect") });
  await note(await context.request.get(landed.href));
  await note(await context.request.get("/api/auth/session"));
  expect(world.secrets.findIn(texts.join("\n")).filter((kind) => !kind.startsWith("cookie"))).toEqual([]);
});

test("S13 a report from another site is not taken, nor one that says too much", async ({ context, world }) => {
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

test("the app says whether it lives and whether it can serve", async ({ context }) => {
  expect(await (await context.request.get("/api/health")).json()).toEqual({ status: "ok" });
  expect(await (await context.request.get("/api/ready")).json()).toEqual({ status: "ok" });
});
