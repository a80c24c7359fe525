import { type BrowserContext, type Page } from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import { enter } from "./sign-in";

async function openDirectory(page: Page, dingtalk: SandboxClient, query = ""): Promise<void> {
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto(`/admin/employees${query}`);
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
}

test("an admin finds an employee and opens their page", async ({ page, dingtalk, openBrowser, hire }) => {
  const person = await hire({ title: "数据分析师", mobile: "13700001234", departments: [{ id: 101 }] });
  await enter(await openBrowser(), dingtalk, person);
  await openDirectory(page, dingtalk);
  await page.getByRole("searchbox", { name: "姓名、拼音、首字母" }).fill(person.name);
  await page.getByRole("button", { name: "查找" }).click();
  await expect(page.getByText("共 1 人")).toBeVisible();
  await page.getByRole("link", { name: person.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("137 0000 1234");
  await expect(page.getByRole("heading", { level: 2, name: "登录中的设备" })).toBeVisible();
});

test("an admin opens the page of an employee whom the app does not know", async ({ page, dingtalk, hire }) => {
  const person = await hire();
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto(`/admin/employees/${person.userid}`);
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
  await expect(page.getByText("还没有登录过")).toBeVisible();
});

test("an unknown userId shows an admin that there is no such employee", async ({ page, dingtalk, consoleErrors }) => {
  consoleErrors.allow(/404/, "the browser reports the page's status");
  await enter(page.context(), dingtalk, hanmeimei);
  const response = await page.goto("/admin/employees/unknown-user");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "没有这位员工" })).toBeVisible();
  await page.getByRole("link", { name: "通讯录" }).last().click();
  await expect(page).toHaveURL(/\/admin\/employees$/);
});

test("a search without results says so", async ({ page, dingtalk }) => {
  await openDirectory(page, dingtalk, "?search=%25_nobody");
  await expect(page.getByRole("heading", { level: 2, name: "没有找到“%_nobody”" })).toBeVisible();
  await page.getByRole("link", { name: "清除" }).click();
  await expect(page).toHaveURL(/\/admin\/employees$/);
});

test("a long list has pages without a common employee", async ({ page, dingtalk, openBrowser }) => {
  const mark = `班组${Date.now().toString(36)}`;
  const browser = await openBrowser();
  for (let number = 0; number < 51; number += 1) {
    const person = { userid: `${mark.slice(2)}-${number}`, name: `${mark} ${number}` };
    await dingtalk.addPerson(person);
    await browser.clearCookies({ name: "session" });
    await enter(browser, dingtalk, person);
  }
  await openDirectory(page, dingtalk, `?${new URLSearchParams({ search: mark })}`);
  await expect(page.getByText("共 51 人")).toBeVisible();
  const people = page.getByRole("table").getByRole("link");
  await expect(people).toHaveCount(50);
  const first = await people.allInnerTexts();
  await page.getByRole("link", { name: "下一页" }).click();
  await expect(people).toHaveCount(1);
  expect(first).not.toContain(await people.innerText());
  await page.getByRole("link", { name: "上一页" }).click();
  await expect(people).toHaveCount(50);
  expect(await people.allInnerTexts()).toEqual(first);
  await expect(page.getByRole("link", { name: "上一页" })).toHaveCount(0);
  await page.getByRole("link", { name: "下一页" }).click();
  await page.getByRole("link", { name: "回到第一页" }).click();
  await expect(people).toHaveCount(50);
});

test("a search while typing is one request, and no page is fetched before its link is pressed", async ({
  page,
  dingtalk,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (request.headers().rsc) asked.push(`${pathname}?search=${searchParams.get("search")}`);
  });
  await openDirectory(page, dingtalk);
  await page.getByRole("searchbox").pressSequentially("hanmeimei");
  await expect(page.getByText("共 1 人")).toBeVisible();
  await page.getByRole("link", { name: hanmeimei.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: hanmeimei.name })).toBeVisible();
  expect(asked).toEqual(["/admin/employees?search=hanmeimei", `/admin/employees/${hanmeimei.userid}?search=null`]);
});

test("only admins see the link to the directory", async ({ page, openBrowser, dingtalk }) => {
  await enter(page.context(), dingtalk, lilei);
  await page.goto("/profile");
  await expect(page.getByRole("heading", { level: 1, name: lilei.name })).toBeVisible();
  await expect(page.getByRole("link", { name: "通讯录" })).toHaveCount(0);
  const admins = await openBrowser();
  await enter(admins, dingtalk, hanmeimei);
  const theirs = await admins.newPage();
  await theirs.goto("/profile");
  await expect(theirs.getByRole("link", { name: "通讯录" })).toBeVisible();
});

test("S28 the directory does not exist for an employee who is not an admin", async ({
  page,
  dingtalk,
  consoleErrors,
}) => {
  consoleErrors.allow(/404/, "the browser reports the page's status");
  await enter(page.context(), dingtalk, lilei);
  for (const path of ["/admin/employees", "/admin/employees/user0002", "/admin/employees/unknown-user"]) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1, name: "页面不存在" })).toBeVisible();
  }
});

test("S29 a DingTalk sub-admin is an admin only when DingTalk's admin flag is set", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, { userid: "user0012", name: "杨雪" });
  const { status } = await context.request.get("/profile").then((response) => ({ status: response.status() }));
  expect(status).toBe(200);
  expect((await context.request.get("/admin/employees?search=x")).status()).toBe(404);
});

/** The known ways to request a page's content without the page's own checks. */
const variants: { name: string; headers?: Record<string, string>; suffix?: string; prefix?: string }[] = [
  { name: "as a page" },
  { name: "as server components", headers: { RSC: "1" } },
  { name: "as server components by query", headers: { RSC: "1" }, suffix: "?_rsc=abc12" },
  { name: "as a prefetch", headers: { RSC: "1", "Next-Router-Prefetch": "1" }, suffix: "?_rsc=abc12" },
  {
    name: "as a prefetched segment",
    headers: { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" },
  },
  {
    name: "with a forged router state",
    headers: { RSC: "1", "Next-Router-State-Tree": encodeURIComponent('["",{"children":["(signed-in)",{}]}]') },
  },
  { name: "with the proxy's internal header", headers: { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" } },
  { name: "with the old middleware's header", headers: { "x-middleware-subrequest": "src/middleware:middleware" } },
  { name: "as an action's response", headers: { RSC: "1", "Next-Action": "0".repeat(42) } },
  { name: "as a page's data", prefix: "/_next/data/build", suffix: ".json" },
  { name: "under .rsc", suffix: ".rsc" },
  { name: "with a doubled slash", prefix: "/" },
];

async function fetchAllVariants(context: BrowserContext, address: string): Promise<string> {
  const { origin, pathname } = new URL(address);
  const texts = variants.map(async ({ name, headers = {}, prefix = "", suffix = "" }) => {
    const response = await context.request.get(origin + prefix + pathname + suffix, { headers, maxRedirects: 0 });
    return `${name} ${response.status()} ${await response.text()}`;
  });
  return (await Promise.all(texts)).join("\n");
}

test("S28 no variant of a request reveals the directory to signed-out browsers or employees", async ({
  openBrowser,
  dingtalk,
  hire,
  world,
}) => {
  const secret = await hire({ mobile: "13312345678", jobNumber: "SECRET77" });
  const [theirs, admin, employee, signedOut] = [
    await openBrowser(),
    await openBrowser(),
    await openBrowser(),
    await openBrowser(),
  ];
  await enter(theirs, dingtalk, secret);
  await enter(admin, dingtalk, hanmeimei);
  await enter(employee, dingtalk, lilei);
  for (const path of ["/admin/employees", `/admin/employees/${secret.userid}`]) {
    expect(await fetchAllVariants(admin, world.url + path)).toContain(secret.name);
    for (const context of [employee, signedOut]) {
      const seen = await fetchAllVariants(context, world.url + path);
      for (const fact of [secret.name, "13312345678", "133 1234 5678", "SECRET77"]) expect(seen).not.toContain(fact);
    }
  }
});

test("S28 the admin's action has no effect for anyone but an admin", async ({ page, openBrowser, dingtalk, hire }) => {
  const person = await hire();
  const [theirs, employee, signedOut] = [await openBrowser(), await openBrowser(), await openBrowser()];
  await enter(theirs, dingtalk, person);
  await enter(employee, dingtalk, lilei);
  await enter(page.context(), dingtalk, hanmeimei);
  const path = `/admin/employees/${person.userid}`;
  await page.goto(path);
  await page.getByText("退出全部 1 台设备").click();
  const sending = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "确认全部退出" }).click();
  const sent = await sending;
  const action = (await sent.allHeaders())["next-action"] ?? "";
  expect(action).not.toBe("");
  await expect(page.getByText("已退出 1 台设备。")).toBeVisible();
  await enter(theirs, dingtalk, person);
  const headers = { "next-action": action, "content-type": (await sent.allHeaders())["content-type"] ?? "" };
  const data = sent.postDataBuffer() ?? Buffer.alloc(0);
  for (const context of [employee, signedOut]) await context.request.post(path, { headers, data, maxRedirects: 0 });
  expect((await theirs.request.get("/profile", { maxRedirects: 0 })).status()).toBe(200);
});

test("S28 a signed-out browser is redirected to the sign-in page with the directory as return path", async ({
  context,
}) => {
  const response = await context.request.get("/admin/employees?search=a", { maxRedirects: 0 });
  const address = new URL(response.headers().location ?? "", response.url());
  expect(address.pathname).toBe("/login");
  expect(address.searchParams.get("returnTo")).toBe("/admin/employees?search=a");
});
