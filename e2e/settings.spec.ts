import { CookieJar } from "tough-cookie";
import { expectReadable } from "./accessibility";
import { test as base, expect, lilei } from "./fixtures";
import { enter, finishSignIn, frameOf, isSignedIn, openDingTalkLogin, startSignIn } from "./sign-in";
import { startWorld } from "./world";

/** Each test has its own app with other settings. */
const test = base.extend<{ settings: Record<string, string> }>({
  settings: [{}, { option: true }],
  world: async ({ settings }, use) => {
    const world = await startWorld(settings);
    await use(world);
    await world.stop();
  },
});

// The app starts within each test's time-out.
test.describe.configure({ timeout: 120_000 });

test.describe("with DingTalk's retired APIs", () => {
  test.use({ settings: { DINGTALK_EMPLOYEE_API: "legacy", DINGTALK_CORP_TOKEN_API: "app" } });

  test("an employee signs in and sees the same profile", async ({ page, context, dingtalk }) => {
    const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
    await finishSignIn(context, { code, state: await startSignIn(context, "redirect") });
    await page.goto("/profile");
    const main = page.getByRole("main");
    for (const fact of [
      "李雷",
      "研发工程师 · 工号 E1001",
      "平台研发部",
      "应急小组",
      "138 0000 0001",
      "lilei@xinghe.example",
    ])
      await expect(main).toContainText(fact);
    const paths = (await dingtalk.calls()).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["/v1.0/oauth2/accessToken", "/user/get"]));
    expect(paths).not.toContain("/topapi/v2/user/get");
  });
});

test.describe("with admins named in the settings", () => {
  test.use({ settings: { ADMIN_USER_IDS: "user0006, user0001" } });

  test("S31 they see the directory, and so do DingTalk's admins", async ({ openBrowser, dingtalk }) => {
    const statuses = { user0001: 200, user0002: 200, user0006: 200, user0007: 404 };
    for (const [userid, status] of Object.entries(statuses)) {
      const context = await openBrowser();
      await enter(context, dingtalk, { userid, name: "" });
      expect((await context.request.get("/admin/employees")).status(), userid).toBe(status);
    }
  });
});

test.describe("over https", () => {
  test.use({ settings: { NEXTAUTH_URL: "https://localhost" } });

  test("S23 every cookie is Secure and bound to its host", async ({ world, dingtalk }) => {
    const started = await fetch(`${world.url}/login/start`, { method: "POST", redirect: "manual" });
    const csrf = await fetch(`${world.url}/api/auth/csrf`);
    const { csrfToken } = await csrf.json();
    const jar = new CookieJar();
    for (const line of csrf.headers.getSetCookie()) await jar.setCookie(line, "https://localhost");
    const code = await dingtalk.mintCode({ kind: "silent", userid: lilei.userid });
    const signedIn = await fetch(`${world.url}/api/auth/callback/dingtalk-silent`, {
      method: "POST",
      headers: { cookie: await jar.getCookieString("https://localhost"), "content-type": "application/json" },
      body: JSON.stringify({ csrfToken, code }),
    });
    expect(signedIn.status).toBe(200);
    const lines = [started, csrf, signedIn].flatMap((response) => response.headers.getSetCookie());
    expect(lines.some((line) => line.startsWith("__Host-session="))).toBe(true);
    for (const line of lines) {
      expect(line).toMatch(/^__(Host|Secure)-/);
      expect(line).toMatch(/; Secure/);
      expect(line).not.toMatch(/; Domain/);
    }
  });
});

test.describe("with short-lived sessions", () => {
  test.use({ settings: { SESSION_IDLE_HOURS: "0.0003" } });

  test("S24 the settings decide how long a session lives", async ({ context, dingtalk }) => {
    await enter(context, dingtalk, lilei);
    await expect.poll(() => isSignedIn(context)).toBe(false);
  });
});

test.describe("with few requests allowed", () => {
  test.use({ settings: { REQUESTS_PER_MINUTE: "2" } });

  test("S42 a browser that sends too many sees how long to wait, and nothing starts by itself", async ({
    page,
    consoleErrors,
  }) => {
    consoleErrors.allow(/429/, "the browser reports the status of the response");
    for (let visit = 0; visit < 2; visit += 1) {
      await page.goto("/login?returnTo=/sessions");
      await expect(frameOf(page).getByRole("link", { name: "用沙箱手机扫一扫" })).toBeVisible();
    }
    await page.goto("/login?returnTo=/sessions");
    const heading = page.getByRole("heading", { level: 1, name: "操作太频繁了" });
    await expect(heading).toBeVisible();
    await expect(page.getByText(/请等 \d+ 秒再试/)).toBeVisible();
    await expect(page.locator("iframe")).toHaveCount(0);
    await openDingTalkLogin(page);
    await expect(page).toHaveURL(/error=too_many_requests.*returnTo=%2Fsessions/);
    await expect(heading).toBeVisible();
  });
});

test.describe("with two sessions per employee", () => {
  test.use({ settings: { SESSIONS_PER_EMPLOYEE: "2" } });

  test("S24 a third device signs the oldest out, and the sessions page says so", async ({
    page,
    openBrowser,
    dingtalk,
  }) => {
    const [oldest, second] = [await openBrowser(), await openBrowser()];
    for (const context of [oldest, second, page.context()]) await enter(context, dingtalk, lilei);
    expect(await isSignedIn(oldest)).toBe(false);
    expect(await isSignedIn(second)).toBe(true);
    await page.goto("/sessions");
    const notice = page.getByRole("status").filter({ hasText: "同时登录的设备最多 2 台" });
    await expectReadable(page, notice);
  });
});

base("S36 an app with weak settings does not start and names every one of them", async () => {
  base.slow();
  const starting = startWorld({ NEXTAUTH_SECRET: "short", ALLOW_WEAK_SETTINGS: "false", DINGTALK_CORP_ID: "" });
  const named = ["NEXTAUTH_URL", "NEXTAUTH_SECRET", "DINGTALK_CLIENT_SECRET", "DINGTALK_CORP_ID", "DINGTALK_API_URL"];
  for (const name of named) await expect(starting).rejects.toThrow(name);
});
