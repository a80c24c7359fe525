import { expect, hanmeimei, lilei, test } from "./fixtures";
import { enter, expectProfileOf, finishSignIn, openDingTalkLogin, signInByRedirect, startSignIn } from "./sign-in";

for (const codeParameter of ["authCode", "code", "both"] as const) {
  test(`an employee signs in at DingTalk, which returns ${codeParameter}`, async ({ page, dingtalk }) => {
    await dingtalk.settings({ codeParameter });
    await signInByRedirect(page, lilei);
    await expectProfileOf(page, lilei);
    await expect(page.getByText("在钉钉网页确认")).toBeVisible();
  });
}

test("an employee who declines sees that and can try again", async ({ page }) => {
  await page.goto("/login");
  await openDingTalkLogin(page);
  await page.getByRole("button", { name: lilei.name, exact: true }).click();
  await page.getByRole("button", { name: "拒绝" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "你没有同意登录" })).toBeVisible();
  await openDingTalkLogin(page);
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, lilei);
});

test("a signed-out browser that opens a page gets there after the sign-in", async ({ page }) => {
  await signInByRedirect(page, hanmeimei, "/admin/employees?search=%E6%9D%8E");
  await expect(page).toHaveURL(/\/admin\/employees\?search=%E6%9D%8E$/);
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
});

test("a declined sign-in does not lose the return path", async ({ page }) => {
  await page.goto("/admin/employees?search=x");
  await openDingTalkLogin(page);
  await page.getByRole("button", { name: hanmeimei.name, exact: true }).click();
  await page.getByRole("button", { name: "拒绝" }).click();
  await openDingTalkLogin(page);
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expect(page).toHaveURL(/\/admin\/employees\?search=x$/);
});

const unsafePaths = [
  "//evil.test/profile",
  "/\\evil.test",
  "https://evil.test/",
  "javascript:alert(1)",
  "/\t/evil.test",
  "http:evil.test",
  "/login?returnTo=/login",
  "/api/auth/signout",
];

for (const returnTo of unsafePaths) {
  test(`S5 a sign-in does not redirect to ${JSON.stringify(returnTo)}`, async ({ context, dingtalk, world }) => {
    const state = await startSignIn(context, "redirect", returnTo);
    const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
    expect((await finishSignIn(context, { code, state })).href).toBe(`${world.url}/profile`);
  });
}

test("S5 the sign-in page does not redirect a signed-in browser to another site", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, lilei);
  await page.goto("/login?returnTo=//evil.test/");
  await expectProfileOf(page, lilei);
});

test("S5 the host in a forwarded header is ignored", async ({ context, world }) => {
  const headers = { "x-forwarded-host": "evil.test", "x-forwarded-proto": "https" };
  const response = await context.request.post("/login/start", {
    form: { method: "redirect" },
    headers,
    maxRedirects: 0,
  });
  const address = new URL(response.headers().location ?? "");
  expect(address.origin).toBe(world.dingtalk.url);
  expect(address.searchParams.get("redirect_uri")).toBe(`${world.url}/api/auth/callback/dingtalk`);
});

test("S6 the only requested scope is openid", async ({ context }) => {
  const response = await context.request.post("/login/start", { form: { method: "redirect" }, maxRedirects: 0 });
  expect(new URL(response.headers().location ?? "").searchParams.get("scope")).toBe("openid");
});

test("sign-ins in two tabs of one browser both succeed", async ({ context, page }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto("/login");
    await openDingTalkLogin(tab);
  }
  await other.getByRole("button", { name: lilei.name, exact: true }).click();
  await other.getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(other, lilei);
  await page.getByRole("button", { name: lilei.name, exact: true }).click();
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, lilei);
});
