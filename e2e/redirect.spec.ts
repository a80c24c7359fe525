import { expect, hanmeimei, lilei, test } from "./fixtures";
import { begin, comeBack, enter, expectProfileOf, leaveForDingTalk, signInByRedirect } from "./sign-in-methods";

for (const codeParameter of ["authCode", "code", "both"] as const) {
  test(`an employee goes to DingTalk and comes back with ${codeParameter}`, async ({ page, dingtalk }) => {
    await dingtalk.settings({ codeParameter });
    await signInByRedirect(page, lilei);
    await expectProfileOf(page, lilei);
    await expect(page.getByText("在钉钉网页确认")).toBeVisible();
  });
}

test("somebody who declines reads that they did, and can try again", async ({ page }) => {
  await page.goto("/login");
  await leaveForDingTalk(page);
  await page.getByRole("button", { name: lilei.name, exact: true }).click();
  await page.getByRole("button", { name: "拒绝" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "你没有同意登录" })).toBeVisible();
  await leaveForDingTalk(page);
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, lilei);
});

test("whoever was on the way to a page gets there after signing in", async ({ page }) => {
  await signInByRedirect(page, hanmeimei, "/admin/employees?search=%E6%9D%8E");
  await expect(page).toHaveURL(/\/admin\/employees\?search=%E6%9D%8E$/);
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
});

test("a refusal on the way forgets nothing of where it led", async ({ page }) => {
  await page.goto("/admin/employees?search=x");
  await leaveForDingTalk(page);
  await page.getByRole("button", { name: hanmeimei.name, exact: true }).click();
  await page.getByRole("button", { name: "拒绝" }).click();
  await leaveForDingTalk(page);
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expect(page).toHaveURL(/\/admin\/employees\?search=x$/);
});

const elsewhere = [
  "//evil.test/profile",
  "/\\evil.test",
  "https://evil.test/",
  "javascript:alert(1)",
  "/\t/evil.test",
  "http:evil.test",
  "/login?returnTo=/login",
  "/api/auth/signout",
];

for (const returnTo of elsewhere) {
  test(`S5 nobody is sent to ${JSON.stringify(returnTo)} after signing in`, async ({ context, dingtalk, world }) => {
    const state = await begin(context, "redirect", returnTo);
    const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
    expect((await comeBack(context, { code, state })).href).toBe(`${world.url}/profile`);
  });
}

test("S5 the sign-in page does not lead elsewhere either, for somebody who is in", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, lilei);
  await page.goto("/login?returnTo=//evil.test/");
  await expectProfileOf(page, lilei);
});

test("S5 a host that a request names is not believed", async ({ context, world }) => {
  const headers = { "x-forwarded-host": "evil.test", "x-forwarded-proto": "https" };
  const answer = await context.request.post("/login/start", { form: { method: "redirect" }, headers, maxRedirects: 0 });
  const address = new URL(answer.headers().location ?? "");
  expect(address.origin).toBe(world.dingtalk.url);
  expect(address.searchParams.get("redirect_uri")).toBe(`${world.url}/api/auth/callback/dingtalk`);
});

test("S6 DingTalk is asked for nothing but who it is", async ({ context }) => {
  const answer = await context.request.post("/login/start", { form: { method: "redirect" }, maxRedirects: 0 });
  expect(new URL(answer.headers().location ?? "").searchParams.get("scope")).toBe("openid");
});

test("sign-ins begun in two tabs of one browser both end well", async ({ context, page }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto("/login");
    await leaveForDingTalk(tab);
  }
  await other.getByRole("button", { name: lilei.name, exact: true }).click();
  await other.getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(other, lilei);
  await page.getByRole("button", { name: lilei.name, exact: true }).click();
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, lilei);
});
