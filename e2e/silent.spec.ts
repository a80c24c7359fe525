import { type Page } from "@playwright/test";
import { clientNames, clients, userAgents } from "../sandbox/user-agents";
import { expectReadable } from "./accessibility";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import { expectProfileOf, expectSignInPage } from "./sign-in";

const v1 = "runtime.permission.requestAuthCode";
const v2 = "runtime.permission.requestAuthCodeV2";

for (const client of clients) {
  test(`an employee who opens the app in DingTalk on ${clientNames[client]} is signed in`, async ({
    openDingTalk,
    world,
  }) => {
    const { page, codeRequests } = await openDingTalk({ person: lilei, client });
    await page.goto("/");
    await expectProfileOf(page, lilei);
    await expect(page.getByText("在钉钉内自动登录")).toBeVisible();
    await expect(page.getByText(/^DingTalk \d+\.\d+/)).toBeVisible();
    const { DINGTALK_CORP_ID: corpId, DINGTALK_CLIENT_ID: clientId } = world.settings;
    expect(codeRequests).toEqual([expect.objectContaining({ method: v2, corpId, clientId })]);
  });

  test(`an old DingTalk on ${clientNames[client]} that supports only the first method receives that call`, async ({
    openDingTalk,
  }) => {
    const { page, codeRequests } = await openDingTalk({ person: lilei, client, bridge: { supportV2: false } });
    await page.goto("/");
    await expectProfileOf(page, lilei);
    expect(codeRequests.map(({ method }) => method)).toEqual([v1]);
  });
}

test("an employee opens the app from the phone's workbench", async ({ page, world }) => {
  await page.goto(`${world.dingtalk.url}/_sandbox/phone`);
  await page.getByRole("combobox", { name: "机主" }).selectOption(hanmeimei.name);
  await page.getByRole("combobox", { name: "客户端" }).selectOption("iPhone");
  await page.getByRole("button", { name: "更换" }).click();
  await page.getByRole("button", { name: "打开应用" }).click();
  await expectProfileOf(page, hanmeimei);
  await page.getByRole("link", { name: "通讯录" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
});

test("the webview does not share the desktop browser's session", async ({ page, world }) => {
  await page.goto(`${world.dingtalk.webviewUrl}/_webview/open?person=user0002&client=windows`);
  await expectProfileOf(page, hanmeimei);
  await page.goto(world.url);
  await expectSignInPage(page);
});

test("the page waits for a bridge that appears late", async ({ openDingTalk }) => {
  const { page } = await openDingTalk({ person: lilei, client: "ios", bridge: { readyDelayMs: 700 } });
  await page.goto("/");
  await expectProfileOf(page, lilei);
});

test("an employee of two organisations signs in as ours", async ({ openDingTalk }) => {
  const person = { userid: "user0014", name: "何静" };
  const { page } = await openDingTalk({ person });
  await page.goto("/");
  await expectProfileOf(page, person);
});

test("the server decides the organisation's id, also where DingTalk did not replace $CORPID$", async ({
  openDingTalk,
  world,
}) => {
  const { page, codeRequests } = await openDingTalk({ person: lilei });
  await page.goto("/?corpId=$CORPID$");
  await expectProfileOf(page, lilei);
  expect(codeRequests[0]).toMatchObject({ corpId: world.settings.DINGTALK_CORP_ID });
});

test("S13 a page opened for another organisation says so and requests no code", async ({ openDingTalk }) => {
  const { page, codeRequests } = await openDingTalk({ person: lilei });
  await page.goto("/?corpId=dingother0corp000000001");
  await expect(page.getByRole("heading", { name: "这个应用属于另一家公司" })).toBeVisible();
  await expectSignInPage(page);
  expect(codeRequests).toEqual([]);
});

test("a page opened with our organisation's id signs in", async ({ openDingTalk, world }) => {
  const { page } = await openDingTalk({ person: lilei });
  await page.goto(`/?corpId=${world.settings.DINGTALK_CORP_ID}`);
  await expectProfileOf(page, lilei);
});

const hanging = [
  { name: "a bridge that never answers", client: "android", bridge: { silent: true } },
  { name: "a bridge that never answers", client: "windows", bridge: { silent: true } },
  { name: "a bridge that never appears", client: "ios", bridge: { neverReady: true } },
] as const;

for (const { name, client, bridge } of hanging) {
  test(`${name} on ${clientNames[client]} leads to another sign-in method`, async ({ openDingTalk, world }) => {
    const { page } = await openDingTalk({ person: lilei, client, bridge });
    await page.clock.install();
    await page.goto("/login");
    await expect(page.getByText("正在向钉钉确认你是谁…")).toBeVisible();
    await page.clock.fastForward(3000);
    await expect(page.getByText("钉钉回应较慢，换一种方式再问…")).toBeVisible();
    await page.clock.fastForward(4000);
    await expect(page.getByRole("heading", { name: "钉钉没有回应" })).toBeVisible();
    await expectSignInPage(page);
    await expect(page.getByRole("button", { name: "再试一次" })).toBeVisible();
    await expect.poll(world.log).toContain('"phase":"bridge"');
  });
}

test("a bridge that answers the second attempt signs in", async ({ openDingTalk }) => {
  const phone = await openDingTalk({ person: lilei, isMute: true });
  const { page } = phone;
  await page.clock.install();
  await page.goto("/login");
  await expect(page.getByText("正在向钉钉确认你是谁…")).toBeVisible();
  await page.clock.fastForward(3000);
  await expect(page.getByText("钉钉回应较慢，换一种方式再问…")).toBeVisible();
  await page.clock.fastForward(4000);
  phone.isMute = false;
  await page.getByRole("button", { name: "再试一次" }).click();
  await expectProfileOf(page, lilei);
});

test("DingTalk's user agent without a bridge, as in a spoofed browser, leads to another sign-in method", async ({
  openBrowser,
}) => {
  const context = await openBrowser({ userAgent: userAgents.windows });
  const page = await context.newPage();
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "没有连上钉钉" })).toBeVisible();
  await page.getByRole("button", { name: "在本窗口登录钉钉" }).click();
  await page.getByRole("button", { name: lilei.name, exact: true }).click();
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, lilei);
});

const failures = [
  { code: "3", says: "对应企业没有某域名微应用", heading: "钉钉没能在这里确认你的身份" },
  { code: 3, says: "1002,corpId不合法", heading: "钉钉没能在这里确认你的身份" },
  { code: 7, says: "no permission", heading: "钉钉没有给出你的身份" },
  { code: "-1", says: "cancel", heading: "登录被取消了" },
];

for (const { code, says, heading } of failures) {
  test(`the bridge's error ${JSON.stringify(code)} (${says}) is shown as ${heading}`, async ({ openDingTalk }) => {
    const bridge = { fail: { errorCode: code, errorMessage: says } };
    const { page } = await openDingTalk({ person: lilei, bridge });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
    await expectSignInPage(page);
  });
}

test("a sign-in cancelled on an iPhone says so and starts again after a tap", async ({ openDingTalk }) => {
  const { page } = await openDingTalk({ person: lilei, client: "ios", bridge: { cancel: true } });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "登录被取消了" })).toBeVisible();
  await page.getByRole("button", { name: "再试一次" }).tap();
  await expect(page.getByRole("heading", { name: "登录被取消了" })).toBeVisible();
});

test("a webview that stores no cookies shows that and does not sign in repeatedly", async ({ openDingTalk }) => {
  const { page, context, codeRequests } = await openDingTalk({ person: lilei });
  await page.route("**/api/auth/callback/dingtalk-silent", async (route) => {
    const response = await route.fetch();
    await context.clearCookies();
    await route.fulfill({ status: response.status(), contentType: "application/json", body: await response.text() });
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "登录没有保留下来" })).toBeVisible();
  await expectSignInPage(page);
  expect(codeRequests).toHaveLength(1);
});

test("a connection lost during the exchange is shown, and the next attempt signs in", async ({
  openDingTalk,
  consoleErrors,
}) => {
  consoleErrors.allow(/ERR_CONNECTION_RESET/, "the browser reports the connection that this test resets");
  const { page } = await openDingTalk({ person: lilei });
  await page.route("**/api/auth/callback/dingtalk-silent", (route) => route.abort("connectionreset"), { times: 1 });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "和服务器的连接断了" })).toBeVisible();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expectProfileOf(page, lilei);
});

test("while many people sign in, the page shows the place in the queue and then asks for a new code", async ({
  openDingTalk,
}) => {
  const { page, codeRequests } = await openDingTalk({ person: lilei });
  const wait = { place: 120, seconds: 5 };
  await page.clock.install();
  await page.route("**/api/auth/callback/dingtalk-silent", (route) => route.fulfill({ status: 202, json: { wait } }), {
    times: 1,
  });
  await page.goto("/login");
  const status = page.getByRole("status").filter({ hasText: "前面还有 120 人" });
  await expectReadable(page, status);
  expect(codeRequests).toHaveLength(1);
  await page.clock.fastForward(5000);
  await expectProfileOf(page, lilei);
  expect(codeRequests).toHaveLength(2);
});

test("DingTalk's package is loaded only inside DingTalk, and a failed load is shown", async ({
  page,
  openDingTalk,
  consoleErrors,
}) => {
  consoleErrors.allow(/ERR_FAILED|ChunkLoadError/, "the browser reports the script that this test blocks");
  const countOutside = await blockPackage(page);
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  expect(countOutside()).toBe(0);
  const inside = await openDingTalk({ person: lilei });
  const countInside = await blockPackage(inside.page);
  await inside.page.goto("/");
  await expect(inside.page.getByRole("heading", { name: "登录组件没有加载出来" })).toBeVisible();
  await expectSignInPage(inside.page);
  expect(countInside()).toBeGreaterThan(0);
});

test("S7 the page reports the bridge's failure to the server, without a code", async ({
  openDingTalk,
  world,
  hire,
}) => {
  const person = await hire();
  const bridge = { fail: { errorCode: 9, errorMessage: `domain not trusted ${"a1b2".repeat(8)}` } };
  const { page } = await openDingTalk({ person, bridge });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "钉钉没有给出你的身份" })).toBeVisible();
  await expect.poll(world.log).toContain("domain not trusted");
  expect(world.log()).not.toContain("a1b2a1b2");
});

/** Aborts every script that contains DingTalk's package. */
async function blockPackage(page: Page): Promise<() => number> {
  let blocked = 0;
  await page.route(/\.js$|\/bridge\?/, async (route) => {
    const response = await route.fetch();
    if (!(await response.text()).includes("DINGTALK-JSAPI")) return route.fulfill({ response });
    blocked += 1;
    return route.abort();
  });
  return () => blocked;
}
