import { expect, hanmeimei, lilei, test } from "./fixtures";
import { enter, isSignedIn } from "./sign-in";

test("S25 an admin sees every signed-in device, newest first, and signs one out", async ({
  page,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const [first, second] = [await hire(), await hire()];
  const [theirs, others] = [await openBrowser(), await openBrowser()];
  await enter(theirs, dingtalk, first);
  await enter(others, dingtalk, second);
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto("/profile");
  await page.getByRole("link", { name: "当前登录" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "当前登录" })).toBeVisible();
  const rows = page.getByRole("row");
  await expect(rows.nth(1)).toContainText(hanmeimei.name);
  await expect(rows.nth(1).getByRole("button")).toHaveCount(0);
  await expect(rows.nth(2)).toContainText(second.name);
  await expect(rows.nth(3)).toContainText(first.name);
  await expect(rows.nth(3)).toContainText("在钉钉内自动登录");
  await page.getByRole("button", { name: `退出${first.name}的` }).click();
  await expect(page.getByText("已退出 1 台设备。")).toBeVisible();
  await expect(page.getByRole("link", { name: first.name })).toHaveCount(0);
  expect(await isSignedIn(theirs)).toBe(false);
  expect(await isSignedIn(others)).toBe(true);
});

test("S25 an admin signs the whole company out only after typing the words", async ({
  page,
  openBrowser,
  dingtalk,
  employee,
}) => {
  const theirs = await openBrowser();
  await enter(theirs, dingtalk, employee);
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto("/admin/sessions");
  await page.getByText("退出全公司的登录").click();
  await page.getByLabel("请输入“全部退出”确认").fill("全部");
  await page.getByRole("button", { name: "退出所有人" }).click();
  await expect(page.getByText("输入的文字不对，没有退出任何人。")).toBeVisible();
  expect(await isSignedIn(theirs)).toBe(true);
  await page.getByLabel("请输入“全部退出”确认").fill("全部退出");
  await page.getByRole("button", { name: "退出所有人" }).click();
  await expect(page.getByText(/已退出 \d+ 台设备。/)).toBeVisible();
  await expect(page.getByText("共 1 台设备")).toBeVisible();
  expect(await isSignedIn(theirs)).toBe(false);
});

test("S25 the admin's own device is signed out too, when they choose so, also without scripts", async ({
  openBrowser,
  dingtalk,
}) => {
  const context = await openBrowser({ javaScriptEnabled: false });
  await enter(context, dingtalk, hanmeimei);
  const page = await context.newPage();
  await page.goto("/admin/sessions?mismatch=1");
  await page.getByLabel("请输入“全部退出”确认").fill("全部退出");
  await page.getByLabel("保留我现在用的这台设备").uncheck();
  await page.getByRole("button", { name: "退出所有人" }).click();
  await expect(page).toHaveURL(/\/login\?returnTo=/);
  expect(await isSignedIn(context)).toBe(false);
});

test("S28 only admins see the company's sessions", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, lilei);
  await page.goto("/profile");
  await expect(page.getByRole("link", { name: "登录设备" })).toBeVisible();
  await expect(page.getByRole("link", { name: "当前登录" })).toHaveCount(0);
  expect((await page.context().request.get("/admin/sessions")).status()).toBe(404);
});

test("an admin finds a person's devices by pinyin, and clears the search", async ({ page, dingtalk, openBrowser }) => {
  await enter(await openBrowser(), dingtalk, lilei);
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto("/admin/sessions");
  await page.getByRole("searchbox", { name: "按员工或网络地址查找" }).fill("lilei");
  await page.getByRole("button", { name: "查找" }).click();
  await expect(page).toHaveURL(/search=lilei/);
  await expect(page.getByRole("table").getByRole("link", { name: lilei.name }).first()).toBeVisible();
  await expect(page.getByRole("table").getByRole("link", { name: hanmeimei.name })).toHaveCount(0);
  await page.goto("/admin/sessions?search=no-such-person");
  await expect(page.getByRole("heading", { level: 2, name: "没有找到“no-such-person”" })).toBeVisible();
  await page.getByRole("link", { name: "清除" }).click();
  await expect(page).toHaveURL(/\/admin\/sessions$/);
});
