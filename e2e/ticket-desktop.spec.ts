import { type Page } from "@playwright/test";
import { userAgents } from "../sandbox/user-agents";
import { expect, test } from "./fixtures";
import { enter, expectProfileOf, frameOf } from "./sign-in-methods";
import {
  allow,
  approve,
  codeOn,
  expectOnPhone,
  expectTrouble,
  nextTicket,
  scanWith,
  showTicket,
  stateOf,
} from "./tickets";

const fallen = "钉钉的二维码没能打开，已换成本应用的二维码，同样用钉钉扫。";

/** A stream that ends after its first event, as when a proxy or a train's network drops the line. */
const cutOff = {
  contentType: "text/event-stream",
  body: 'retry: 10\n\ndata: {"state":"waiting","secondsLeft":100,"scannedBy":null}\n\n',
};

/** Puts the page out of sight, as another tab in front of it does, or back. */
async function turn(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

test("S16 a code counts down and is renewed without a reload, and the old one is given back", async ({ page }) => {
  await page.clock.install();
  const first = await showTicket(page);
  await page.evaluate(() => Reflect.set(window, "isSamePage", true));
  await expect(page.getByText(/\d:\d\d 后自动更新/)).toBeVisible();
  await page.clock.fastForward(61_000);
  await expect(page.getByText(/0:\d\d 后自动更新/)).toBeVisible();
  const next = nextTicket(page);
  await page.clock.fastForward(60_000);
  const second = await next;
  expect(second.id).not.toBe(first.id);
  await expect(page.getByText(second.number, { exact: true })).toBeVisible();
  await expect.poll(() => stateOf(page.context(), first)).toBe("cancelled");
  expect(await page.evaluate(() => Reflect.get(window, "isSamePage"))).toBe(true);
});

test("S20 a page that nobody looks after stops asking for codes, until somebody does", async ({
  page,
  openDingTalk,
  employee,
}) => {
  await page.clock.install();
  await showTicket(page);
  for (let renewals = 1; renewals < 8; renewals += 1) {
    const next = nextTicket(page);
    await page.clock.fastForward(121_000);
    const { number } = await next;
    await expect(page.getByText(number, { exact: true })).toBeVisible();
  }
  await page.clock.fastForward(121_000);
  await expectTrouble(page, "二维码已过期");
  await expect(codeOn(page)).toHaveCount(0);
  const next = nextTicket(page);
  await page.getByRole("button", { name: "换一个二维码" }).click();
  await approve(await openDingTalk({ person: employee }), await next);
  await expectProfileOf(page, employee);
});

test("S20 a tab that nobody sees asks nothing, and hears how it stands once it is seen", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const listening = page.waitForRequest("**/events");
  const ticket = await showTicket(page);
  await listening;
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await turn(page, true);
  const phone = await openDingTalk({ person: employee });
  await scanWith(phone, ticket);
  expect(asked).toEqual([]);
  await turn(page, false);
  await expect(page.getByText(`${employee.name}已扫码，请在手机上确认`)).toBeVisible();
  await allow(phone, ticket.number);
  await expectProfileOf(page, employee);
});

test("events that were cut off are resumed, and nothing that happened meanwhile is missed", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  let goOn = () => {};
  const scanned = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let lines = 0;
  await page.route("**/api/tickets/*/events", async (route) => {
    lines += 1;
    if (lines === 1) return route.fulfill(cutOff);
    await scanned;
    return route.continue();
  });
  const ticket = await showTicket(page);
  await scanWith(phone, ticket);
  goOn();
  await expect(page.getByText(`${employee.name}已扫码，请在手机上确认`)).toBeVisible();
  await allow(phone, ticket.number);
  await expectProfileOf(page, employee);
  expect(asked).not.toContain(`GET /api/tickets/${ticket.id}`);
});

test("where no events come through, asking lets in just the same", async ({
  page,
  openDingTalk,
  complaints,
  employee,
}) => {
  complaints.allow(/ERR_FAILED/, "the browser reports the streams that this test keeps from it");
  await page.route("**/api/tickets/*/events", (route) => route.abort());
  await approve(await openDingTalk({ person: employee }), await showTicket(page));
  await expectProfileOf(page, employee);
});

test("where something holds events back, asking begins after a few seconds", async ({
  page,
  openDingTalk,
  employee,
}) => {
  await page.clock.install();
  await page.route("**/api/tickets/*/events", () => {});
  const ticket = await showTicket(page);
  await page.clock.fastForward(4000);
  await approve(await openDingTalk({ person: employee }), ticket);
  await expectProfileOf(page, employee);
});

test("where DingTalk's frame is blocked, the app's own code appears by itself and lets in", async ({
  page,
  openDingTalk,
  world,
  complaints,
  employee,
}) => {
  complaints.allow(/ERR_FAILED/, "the browser reports the frame that this test blocks");
  await page.route(`${world.dingtalk.url}/oauth2/**`, (route) => route.abort());
  const next = nextTicket(page);
  await page.goto("/login");
  await expect(codeOn(page)).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: fallen })).toBeVisible();
  await approve(await openDingTalk({ person: employee }), await next);
  await expectProfileOf(page, employee);
});

test("where DingTalk's frame gives no sign of life, the app's own code appears within seconds", async ({
  page,
  world,
}) => {
  await page.clock.install();
  await page.route(`${world.dingtalk.url}/oauth2/**`, () => {});
  const opening = page.waitForRequest(`${world.dingtalk.url}/oauth2/challenge.htm**`);
  await page.goto("/login", { waitUntil: "commit" });
  await opening;
  await page.clock.fastForward(6000);
  await expect(codeOn(page)).toBeVisible();
  await expect(page.getByText(fallen)).toBeVisible();
});

test("a frame that somebody chose says what is wrong and stays", async ({ page, world, complaints }) => {
  complaints.allow(/ERR_FAILED/, "the browser reports the frame that this test blocks");
  await showTicket(page);
  await page.route(`${world.dingtalk.url}/oauth2/**`, (route) => route.abort());
  await page.getByRole("button", { name: "换用钉钉官方二维码" }).click();
  await expectTrouble(page, "二维码没能打开");
  await expect(codeOn(page)).toHaveCount(0);
  await expect(page.getByText(fallen)).toHaveCount(0);
});

test("one quiet link leads from DingTalk's code to the app's and back, and gives the ticket back", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const ticket = await showTicket(page);
  await expect(page.locator("iframe")).toHaveCount(0);
  await expect(page.getByText("输入右侧两位数字，轻点允许")).toBeVisible();
  await page.getByRole("button", { name: "换用钉钉官方二维码" }).click();
  await expect(frameOf(page).getByRole("link", { name: "用沙箱手机扫一扫" })).toBeVisible();
  await expect(page.getByText("轻点确认，这里会自动登录")).toBeVisible();
  await expect.poll(() => stateOf(page.context(), ticket)).toBe("cancelled");
  const phone = await openDingTalk({ person: employee });
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "电脑上的登录页已经关闭");
});

test("a connection lost while signing in is told, and the next code lets in", async ({
  page,
  openDingTalk,
  complaints,
  employee,
}) => {
  complaints.allow(/ERR_CONNECTION_RESET/, "the browser reports the connection that this test cuts");
  const phone = await openDingTalk({ person: employee });
  const callback = "**/api/auth/callback/dingtalk-ticket";
  await page.route(callback, (route) => route.abort("connectionreset"), { times: 1 });
  await approve(phone, await showTicket(page));
  await expectTrouble(page, "连不上服务器");
  const next = nextTicket(page);
  await page.getByRole("button", { name: "换一个二维码" }).click();
  await approve(phone, await next);
  await expectProfileOf(page, employee);
});

test("a server out of reach is told instead of a code", async ({ page, complaints }) => {
  complaints.allow(/ERR_FAILED/, "the browser reports the request that this test keeps from it");
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  await page.route("**/api/tickets", (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "换用本应用的二维码" }).click();
  await expectTrouble(page, "连不上服务器");
  await page.getByRole("button", { name: "换一个二维码" }).click();
  await expect(codeOn(page)).toBeVisible();
});

test("in English it reads in English, on the desktop and on the phone", async ({ openBrowser, dingtalk, employee }) => {
  const page = await (await openBrowser({ locale: "en-GB" })).newPage();
  await page.goto("/login");
  await expect(page.getByText("Waiting for a scan")).toBeVisible();
  const next = nextTicket(page);
  await page.getByRole("button", { name: "Use this app’s code" }).click();
  const ticket = await next;
  await expect(page.getByText("Type on the phone")).toBeVisible();
  await expect(page.getByText(/· renews in \d:\d\d/)).toBeVisible();
  const userAgent = userAgents.ios.replace("language/zh-Hans-CN", "language/en");
  const phone = await openBrowser({ userAgent });
  await enter(phone, dingtalk, employee);
  const phonePage = await phone.newPage();
  await phonePage.goto(ticket.path);
  await expect(phonePage.getByRole("heading", { level: 1, name: "Sign this computer in?" })).toBeVisible();
  await expect(page.getByText(`Scanned by ${employee.name}. Confirm on the phone`)).toBeVisible();
  await phonePage.getByRole("textbox", { name: "Type the two digits shown on the computer" }).fill(ticket.number);
  await phonePage.getByRole("button", { name: "Allow sign-in" }).click();
  await expect(phonePage.getByRole("heading", { level: 1, name: "Sign-in allowed" })).toBeVisible();
  await expectProfileOf(page, employee);
});
