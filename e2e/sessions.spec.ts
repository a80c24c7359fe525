import { type BrowserContext } from "@playwright/test";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import {
  enter,
  expectProfileOf,
  expectSignInPage,
  finishSignIn,
  isSignedIn,
  postSilentCode,
  signInByRedirect,
  startSignIn,
} from "./sign-in";

async function sessionCookie(context: BrowserContext) {
  const cookie = (await context.cookies()).find(({ name }) => name === "session");
  if (!cookie) throw new Error("This browser has no session.");
  return cookie;
}

test("S27 signing out ends the session on the server, and its cookie is no longer valid", async ({
  page,
  openBrowser,
  dingtalk,
}) => {
  await enter(page.context(), dingtalk, lilei);
  const saved = await sessionCookie(page.context());
  await page.goto("/profile");
  await page.getByRole("button", { name: "退出" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "你已退出登录" })).toBeVisible();
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain("session");
  const thief = await openBrowser();
  await thief.addCookies([saved]);
  expect(await isSignedIn(thief)).toBe(false);
});

test("S15 after signing out inside DingTalk there is no automatic sign-in; a tap signs in", async ({
  openDingTalk,
}) => {
  const { page, codeRequests } = await openDingTalk({ person: lilei });
  await page.goto("/");
  await expectProfileOf(page, lilei);
  await page.getByRole("button", { name: "退出" }).click();
  const enterButton = page.getByRole("button", { name: "用钉钉身份登录" });
  await expect(enterButton).toBeVisible();
  await page.reload();
  await expect(enterButton).toBeVisible();
  await page.goto("/profile");
  await expect(enterButton).toBeVisible();
  expect(codeRequests).toHaveLength(1);
  await enterButton.tap();
  await expectProfileOf(page, lilei);
  expect(codeRequests).toHaveLength(2);
});

test("S15 after the employee has signed in again, the next page signs in silently again", async ({ openDingTalk }) => {
  const { page, context } = await openDingTalk({ person: lilei });
  await page.goto("/");
  await page.getByRole("button", { name: "退出" }).click();
  await page.getByRole("button", { name: "用钉钉身份登录" }).tap();
  await expectProfileOf(page, lilei);
  await context.clearCookies({ name: "session" });
  await page.evaluate(() => sessionStorage.clear());
  await page.goto("/");
  await expectProfileOf(page, lilei);
});

test("S15 after signing out on a desktop the QR code appears only on request", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, lilei);
  await page.goto("/profile");
  await page.getByRole("button", { name: "退出" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "你已退出登录" })).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);
  await page.getByRole("button", { name: "显示登录二维码" }).click();
  await expect(page.getByText("等待扫码")).toBeVisible();
});

test("S25 an admin revokes an employee's sessions, and the next request of their browser is refused", async ({
  page,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  const [theirs, phone] = [await openBrowser(), await openBrowser()];
  for (const context of [theirs, phone]) await enter(context, dingtalk, person);
  const theirPage = await theirs.newPage();
  await theirPage.goto("/profile");
  await expectProfileOf(theirPage, person);
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto(`/admin/employees/${person.userid}`);
  await page.getByText("退出全部 2 台设备").click();
  await page.getByRole("button", { name: "确认全部退出" }).click();
  await expect(page.getByText("已退出 2 台设备。")).toBeVisible();
  await theirPage.getByRole("link", { name: "回到登录页" }).click();
  await expectSignInPage(theirPage);
  expect(await isSignedIn(phone)).toBe(false);
  await page.goto("/profile");
  await expectProfileOf(page, hanmeimei);
});

test("S14 a silent sign-in does not replace another employee's session", async ({ context, page, dingtalk, hire }) => {
  const [first, second] = [await hire(), await hire()];
  await enter(context, dingtalk, first);
  const code = await dingtalk.mintCode({ kind: "silent", userid: second.userid });
  const response = await postSilentCode(context, code);
  expect(response.status()).toBe(401);
  const { url } = await response.json();
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1, name: "这里已经登录了另一个人" })).toBeVisible();
  await page.getByRole("link", { name: `以${first.name}的身份继续` }).click();
  await expectProfileOf(page, first);
});

test("S14 the profile shows the viewer, the sign-in method and a sign-out button", async ({ openDingTalk }) => {
  const { page } = await openDingTalk({ person: lilei, client: "mac" });
  await page.goto("/");
  await expectProfileOf(page, lilei);
  await expect(page.getByText("在钉钉内自动登录")).toBeVisible();
  await expect(page.getByRole("button", { name: "退出" })).toBeVisible();
});

test("S23 every sign-in creates a new session and ends the browser's previous one", async ({
  context,
  openBrowser,
  dingtalk,
}) => {
  await enter(context, dingtalk, lilei);
  const before = await sessionCookie(context);
  await enter(context, dingtalk, lilei);
  expect((await sessionCookie(context)).value).not.toBe(before.value);
  const thief = await openBrowser();
  await thief.addCookies([before]);
  expect(await isSignedIn(thief)).toBe(false);
  expect(await isSignedIn(context)).toBe(true);
});

test("S23 a sign-in replaces a session that an attacker planted, and ends it", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const attacker = await openBrowser();
  await enter(attacker, dingtalk, await hire());
  const planted = await sessionCookie(attacker);
  await context.addCookies([planted]);
  const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
  await finishSignIn(context, { code, state: await startSignIn(context, "redirect") });
  expect((await sessionCookie(context)).value).not.toBe(planted.value);
  expect(await (await context.request.get("/api/auth/session")).json()).toMatchObject({ user: { name: lilei.name } });
  expect(await isSignedIn(attacker)).toBe(false);
});

for (const value of ["", "null", "{}", "eyJhbGciOiJub25lIn0.eyJzZXNzaW9uSWQiOiJ4In0."]) {
  test(`S30 the cookie ${JSON.stringify(value)} is no session`, async ({ context, world }) => {
    await context.addCookies([{ name: "session", value, url: world.url }]);
    expect(await isSignedIn(context)).toBe(false);
    expect(await (await context.request.get("/api/auth/session")).json()).toEqual({});
  });
}

test("S30 a cookie that was modified is no session", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, lilei);
  const cookie = await sessionCookie(context);
  const middle = Math.floor(cookie.value.length / 2);
  const other = cookie.value[middle] === "A" ? "B" : "A";
  await context.addCookies([
    { ...cookie, value: cookie.value.slice(0, middle) + other + cookie.value.slice(middle + 1) },
  ]);
  expect(await isSignedIn(context)).toBe(false);
});

test("S30 the session endpoint returns a name and nothing more", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, lilei);
  const session = await (await context.request.get("/api/auth/session")).json();
  expect(session).toEqual({ user: { name: lilei.name }, expires: expect.any(String) });
});

test("S27 an admin who loses the admin flag loses the directory in every browser", async ({
  context,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const person = await hire({ admin: true });
  const desk = await openBrowser();
  await enter(desk, dingtalk, person);
  expect((await desk.request.get("/admin/employees")).status()).toBe(200);
  await dingtalk.patchPerson(person.userid, { admin: false });
  await enter(context, dingtalk, person);
  await expect.poll(async () => (await desk.request.get("/admin/employees")).status()).toBe(404);
});

test("an employee can be signed in on a desktop and on a phone at the same time", async ({ openDingTalk, page }) => {
  const phone = await openDingTalk({ person: lilei });
  await phone.page.goto("/");
  await expectProfileOf(phone.page, lilei);
  await signInByRedirect(page, lilei);
  await expectProfileOf(page, lilei);
  await phone.page.reload();
  await expectProfileOf(phone.page, lilei);
});
