import { type Page } from "@playwright/test";
import { userAgents } from "../sandbox/user-agents";
import { expect, test } from "./fixtures";
import { enter, expectProfileOf, frameOf } from "./sign-in";
import {
  approve,
  expectOnPhone,
  expectTrouble,
  nextTicket,
  scanAndApprove,
  scanTicket,
  showTicket,
  ticketQr,
  ticketState,
} from "./tickets";

const fallen = "钉钉的二维码没能打开，已换成本应用的二维码，同样用钉钉扫。";

/** A stream that ends after its first event, as when a proxy or a weak network drops the connection. */
const truncatedStream = {
  contentType: "text/event-stream",
  body: 'retry: 10\n\ndata: {"state":"waiting","secondsLeft":100,"scannedBy":null}\n\n',
};

/** Hides the page, as another tab in front of it does, or shows it again. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, isHidden);
}

test("S16 a code counts down and is renewed without a reload, and the old ticket is cancelled", async ({ page }) => {
  await page.clock.install();
  const first = await showTicket(page);
  await page.evaluate(() => void Object.assign(window, { isSamePage: true }));
  await expect(page.getByText(/\d:\d\d 后自动更新/)).toBeVisible();
  await page.clock.fastForward(61_000);
  await expect(page.getByText(/0:\d\d 后自动更新/)).toBeVisible();
  const next = nextTicket(page);
  await page.clock.fastForward(60_000);
  const second = await next;
  expect(second.id).not.toBe(first.id);
  await expect(page.getByText(second.number, { exact: true })).toBeVisible();
  await expect.poll(() => ticketState(page.context(), first)).toBe("cancelled");
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
});

test("S20 an unattended page stops opening tickets until it is used again", async ({
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
  await expect(ticketQr(page)).toHaveCount(0);
  const next = nextTicket(page);
  await page.getByRole("button", { name: "换一个二维码" }).click();
  await scanAndApprove(await openDingTalk({ person: employee }), await next);
  await expectProfileOf(page, employee);
});

test("S20 a hidden tab sends no request, and receives the ticket's state when it is visible again", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const listening = page.waitForRequest("**/events");
  const ticket = await showTicket(page);
  await listening;
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await setHidden(page, true);
  const phone = await openDingTalk({ person: employee });
  await scanTicket(phone, ticket);
  expect(requests).toEqual([]);
  await setHidden(page, false);
  await expect(page.getByText("已扫码，请在手机上确认")).toBeVisible();
  await approve(phone, ticket.number);
  await expectProfileOf(page, employee);
});

test("an interrupted event stream is resumed, and the page misses no state", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  const requests: string[] = [];
  page.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  let resumeStream = () => {};
  const scanned = new Promise<void>((resolve) => {
    resumeStream = resolve;
  });
  let lines = 0;
  await page.route("**/api/tickets/*/events", async (route) => {
    lines += 1;
    if (lines === 1) return route.fulfill(truncatedStream);
    await scanned;
    return route.continue();
  });
  const ticket = await showTicket(page);
  await scanTicket(phone, ticket);
  resumeStream();
  await expect(page.getByText("已扫码，请在手机上确认")).toBeVisible();
  await approve(phone, ticket.number);
  await expectProfileOf(page, employee);
  expect(requests).not.toContain(`GET /api/tickets/${ticket.id}`);
});

test("where event streams are blocked, polling signs in", async ({ page, openDingTalk, consoleErrors, employee }) => {
  consoleErrors.allow(/ERR_FAILED/, "the browser reports the streams that this test blocks");
  await page.route("**/api/tickets/*/events", (route) => route.abort());
  await scanAndApprove(await openDingTalk({ person: employee }), await showTicket(page));
  await expectProfileOf(page, employee);
});

test("where a proxy holds events back, polling starts after a few seconds", async ({
  page,
  openDingTalk,
  employee,
}) => {
  await page.clock.install();
  await page.route("**/api/tickets/*/events", () => {});
  const ticket = await showTicket(page);
  await page.clock.fastForward(4000);
  await scanAndApprove(await openDingTalk({ person: employee }), ticket);
  await expectProfileOf(page, employee);
});

test("where DingTalk's frame is blocked, the app's own code appears by itself and signs in", async ({
  page,
  openDingTalk,
  world,
  consoleErrors,
  employee,
}) => {
  consoleErrors.allow(/ERR_FAILED/, "the browser reports the frame that this test blocks");
  await page.route(`${world.dingtalk.url}/oauth2/**`, (route) => route.abort());
  const next = nextTicket(page);
  await page.goto("/login");
  await expect(ticketQr(page)).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: fallen })).toBeVisible();
  await scanAndApprove(await openDingTalk({ person: employee }), await next);
  await expectProfileOf(page, employee);
});

test("where DingTalk's frame does not respond, the app's own code appears within seconds", async ({ page, world }) => {
  await page.clock.install();
  await page.route(`${world.dingtalk.url}/oauth2/**`, () => {});
  const opening = page.waitForRequest(`${world.dingtalk.url}/oauth2/challenge.htm**`);
  await page.goto("/login", { waitUntil: "commit" });
  await opening;
  await page.clock.fastForward(6000);
  await expect(ticketQr(page)).toBeVisible();
  await expect(page.getByText(fallen)).toBeVisible();
});

test("a frame that the employee chose shows the failure and stays", async ({ page, world, consoleErrors }) => {
  consoleErrors.allow(/ERR_FAILED/, "the browser reports the frame that this test blocks");
  await showTicket(page);
  await page.route(`${world.dingtalk.url}/oauth2/**`, (route) => route.abort());
  await page.getByRole("button", { name: "换用钉钉官方二维码" }).click();
  await expectTrouble(page, "二维码没能打开");
  await expect(ticketQr(page)).toHaveCount(0);
  await expect(page.getByText(fallen)).toHaveCount(0);
});

test("a link switches from DingTalk's code to the app's and back, and cancels the ticket", async ({
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
  await expect.poll(() => ticketState(page.context(), ticket)).toBe("cancelled");
  const phone = await openDingTalk({ person: employee });
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "电脑上的登录页已经关闭");
});

test("a connection lost during the sign-in is shown, and the next code signs in", async ({
  page,
  openDingTalk,
  consoleErrors,
  employee,
}) => {
  consoleErrors.allow(/ERR_CONNECTION_RESET/, "the browser reports the connection that this test resets");
  const phone = await openDingTalk({ person: employee });
  const callback = "**/api/auth/callback/dingtalk-ticket";
  await page.route(callback, (route) => route.abort("connectionreset"), { times: 1 });
  await scanAndApprove(phone, await showTicket(page));
  await expectTrouble(page, "连不上服务器");
  const next = nextTicket(page);
  await page.getByRole("button", { name: "换一个二维码" }).click();
  await scanAndApprove(phone, await next);
  await expectProfileOf(page, employee);
});

test("the page shows that the server is unreachable in place of a code", async ({ page, consoleErrors }) => {
  consoleErrors.allow(/ERR_FAILED/, "the browser reports the request that this test blocks");
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  await page.route("**/api/tickets", (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "换用本应用的二维码" }).click();
  await expectTrouble(page, "连不上服务器");
  await page.getByRole("button", { name: "换一个二维码" }).click();
  await expect(ticketQr(page)).toBeVisible();
});

test("an English browser gets English texts, on the desktop and on the phone", async ({
  openBrowser,
  dingtalk,
  employee,
}) => {
  const page = await (await openBrowser({ locale: "en-GB" })).newPage();
  await page.goto("/login");
  await expect(page.getByText("Waiting for a scan")).toBeVisible();
  const next = nextTicket(page);
  await page.getByRole("button", { name: "Use this app’s QR code" }).click();
  const ticket = await next;
  await expect(page.getByText("Type on the phone")).toBeVisible();
  await expect(page.getByText(/· renews in \d:\d\d/)).toBeVisible();
  const userAgent = userAgents.ios.replace("language/zh-Hans-CN", "language/en");
  const phone = await openBrowser({ userAgent });
  await enter(phone, dingtalk, employee);
  const phonePage = await phone.newPage();
  await phonePage.goto(ticket.path);
  await expect(phonePage.getByRole("heading", { level: 1, name: "Sign this computer in?" })).toBeVisible();
  await expect(page.getByText("Scanned. Confirm on the phone")).toBeVisible();
  await phonePage.getByRole("textbox", { name: "Type the two digits shown on the computer" }).fill(ticket.number);
  await phonePage.getByRole("button", { name: "Allow sign-in" }).click();
  await expect(phonePage.getByRole("heading", { level: 1, name: "Sign-in allowed" })).toBeVisible();
  await expectProfileOf(page, employee);
});
