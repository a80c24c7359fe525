import { type Page } from "@playwright/test";
import { clientNames, clients, userAgents } from "../sandbox/user-agents";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import { expectProfileOf, expectSignInPage } from "./sign-in-methods";

const v1 = "runtime.permission.requestAuthCode";
const v2 = "runtime.permission.requestAuthCodeV2";

for (const client of clients) {
  test(`an employee who opens the app in DingTalk on ${clientNames[client]} is in`, async ({ openDingTalk, world }) => {
    const { page, asked } = await openDingTalk({ person: lilei, client });
    await page.goto("/");
    await expectProfileOf(page, lilei);
    await expect(page.getByText("在钉钉内自动登录")).toBeVisible();
    await expect(page.getByText(/^DingTalk \d+\.\d+/)).toBeVisible();
    const { DINGTALK_CORP_ID: corpId, DINGTALK_CLIENT_ID: clientId } = world.settings;
    expect(asked).toEqual([expect.objectContaining({ method: v2, corpId, clientId })]);
  });

  test(`an old DingTalk on ${clientNames[client]} that knows only the first call is asked that`, async ({
    openDingTalk,
  }) => {
    const { page, asked } = await openDingTalk({ person: lilei, client, bridge: { supportV2: false } });
    await page.goto("/");
    await expectProfileOf(page, lilei);
    expect(asked.map(({ method }) => method)).toEqual([v1]);
  });
}

test("a person opens the app from the phone's workbench", async ({ page, world }) => {
  await page.goto(`${world.dingtalk.url}/_sandbox/phone`);
  await page.getByRole("combobox", { name: "机主" }).selectOption(hanmeimei.name);
  await page.getByRole("combobox", { name: "客户端" }).selectOption("iPhone");
  await page.getByRole("button", { name: "更换" }).click();
  await page.getByRole("button", { name: "打开应用" }).click();
  await expectProfileOf(page, hanmeimei);
  await page.getByRole("link", { name: "通讯录" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
});

test("the webview's browser is somebody else than the desktop's", async ({ page, world }) => {
  await page.goto(`${world.dingtalk.webviewUrl}/_webview/open?person=user0002&client=windows`);
  await expectProfileOf(page, hanmeimei);
  await page.goto(world.url);
  await expectSignInPage(page);
});

test("a bridge that appears late is waited for", async ({ openDingTalk }) => {
  const { page } = await openDingTalk({ person: lilei, client: "ios", bridge: { readyDelayMs: 700 } });
  await page.goto("/");
  await expectProfileOf(page, lilei);
});

test("an employee of two organisations comes in as ours", async ({ openDingTalk }) => {
  const person = { userid: "user0014", name: "何静" };
  const { page } = await openDingTalk({ person });
  await page.goto("/");
  await expectProfileOf(page, person);
});

test("the organisation's id is the server's, also where DingTalk did not fill in $CORPID$", async ({
  openDingTalk,
  world,
}) => {
  const { page, asked } = await openDingTalk({ person: lilei });
  await page.goto("/?corpId=$CORPID$");
  await expectProfileOf(page, lilei);
  expect(asked[0]).toMatchObject({ corpId: world.settings.DINGTALK_CORP_ID });
});

test("S13 a page opened for another organisation says so and asks nobody", async ({ openDingTalk }) => {
  const { page, asked } = await openDingTalk({ person: lilei });
  await page.goto("/?corpId=dingother0corp000000001");
  await expect(page.getByRole("heading", { name: "这个应用属于另一家公司" })).toBeVisible();
  await expectSignInPage(page);
  expect(asked).toEqual([]);
});

test("a page opened for our organisation by name signs in", async ({ openDingTalk, world }) => {
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
  test(`${name} on ${clientNames[client]} ends in a visible way out`, async ({ openDingTalk, world }) => {
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

test("a bridge that answers the second try lets in", async ({ openDingTalk }) => {
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

test("DingTalk's user agent without a bridge, as in a copied browser, leads to the other way in", async ({
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
  test(`the bridge's failure ${JSON.stringify(code)} (${says}) reads as ${heading}`, async ({ openDingTalk }) => {
    const bridge = { fail: { errorCode: code, errorMessage: says } };
    const { page } = await openDingTalk({ person: lilei, bridge });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: heading })).toBeVisible();
    await expectSignInPage(page);
  });
}

test("a sign-in cancelled on an iPhone says so and begins again by a tap", async ({ openDingTalk }) => {
  const { page } = await openDingTalk({ person: lilei, client: "ios", bridge: { cancel: true } });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "登录被取消了" })).toBeVisible();
  await page.getByRole("button", { name: "再试一次" }).tap();
  await expect(page.getByRole("heading", { name: "登录被取消了" })).toBeVisible();
});

test("a webview that keeps no cookies is told so, and does not go round in circles", async ({ openDingTalk }) => {
  const { page, context, asked } = await openDingTalk({ person: lilei });
  await page.route("**/api/auth/callback/dingtalk-silent", async (route) => {
    const answer = await route.fetch();
    await context.clearCookies();
    await route.fulfill({ status: answer.status(), contentType: "application/json", body: await answer.text() });
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "登录没有保留下来" })).toBeVisible();
  await expectSignInPage(page);
  expect(asked).toHaveLength(1);
});

test("a connection lost during the exchange is told, and the next try lets in", async ({
  openDingTalk,
  complaints,
}) => {
  complaints.allow(/ERR_CONNECTION_RESET/, "the browser reports the connection that this test cuts");
  const { page } = await openDingTalk({ person: lilei });
  await page.route("**/api/auth/callback/dingtalk-silent", (route) => route.abort("connectionreset"), { times: 1 });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "和服务器的连接断了" })).toBeVisible();
  await page.getByRole("button", { name: "再试一次" }).click();
  await expectProfileOf(page, lilei);
});

test("DingTalk's package is loaded inside DingTalk only, and its failing is told", async ({
  page,
  openDingTalk,
  complaints,
}) => {
  complaints.allow(/ERR_FAILED|ChunkLoadError/, "the browser reports the script that this test keeps back");
  const countOutside = await withholdPackage(page);
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  expect(countOutside()).toBe(0);
  const inside = await openDingTalk({ person: lilei });
  const countInside = await withholdPackage(inside.page);
  await inside.page.goto("/");
  await expect(inside.page.getByRole("heading", { name: "登录组件没有加载出来" })).toBeVisible();
  await expectSignInPage(inside.page);
  expect(countInside()).toBeGreaterThan(0);
});

test("S7 the page tells the server that the bridge failed, and never a code", async ({ openDingTalk, world, hire }) => {
  const person = await hire();
  const bridge = { fail: { errorCode: 9, errorMessage: `domain not trusted ${"a1b2".repeat(8)}` } };
  const { page } = await openDingTalk({ person, bridge });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "钉钉没有给出你的身份" })).toBeVisible();
  await expect.poll(world.log).toContain("domain not trusted");
  expect(world.log()).not.toContain("a1b2a1b2");
});

/** Aborts every script that contains DingTalk's package. */
async function withholdPackage(page: Page): Promise<() => number> {
  let withheld = 0;
  await page.route("**/_next/static/**/*.js", async (route) => {
    const answer = await route.fetch();
    if (!(await answer.text()).includes("DINGTALK-JSAPI")) return route.fulfill({ response: answer });
    withheld += 1;
    return route.abort();
  });
  return () => withheld;
}
