import { test as base, expect, lilei } from "./fixtures";
import { enter, expectProfileOf, frameOf } from "./sign-in";
import { expectOnPhone, expectTrouble, nextTicket, scanTicket, ticketQr } from "./tickets";
import { startWorld, type World } from "./world";

/** An app behind one proxy that shows its own code first and allows two tickets per address and minute. */
const settings = { LOGIN_QR: "ticket", TICKETS_PER_MINUTE: "2", TRUSTED_PROXY_COUNT: "1" };

const test = base.extend<object, { sharedWorld: World }>({
  sharedWorld: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const world = await startWorld(settings);
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** The header in which the proxy forwards a browser's address. */
function from(ip: string) {
  return { extraHTTPHeaders: { "x-forwarded-for": ip } };
}

test("LOGIN_QR=ticket shows the app's own code first, and a link switches to DingTalk's", async ({ openBrowser }) => {
  const page = await (await openBrowser(from("203.0.113.1"))).newPage();
  await page.goto("/login");
  await expect(ticketQr(page)).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);
  await page.getByRole("button", { name: "换用钉钉官方二维码" }).click();
  await expect(frameOf(page).getByRole("link", { name: "用沙箱手机扫一扫" })).toBeVisible();
});

test("S20 an address that opens too many tickets sees how long to wait, and no other address does", async ({
  openBrowser,
  consoleErrors,
}) => {
  consoleErrors.allow(/429/, "the browser reports the status of the response");
  const crowd = await openBrowser(from("203.0.113.2"));
  for (const status of [201, 201, 429]) expect((await crowd.request.post("/api/tickets")).status()).toBe(status);
  const refused = await crowd.request.post("/api/tickets");
  const seconds = Number(refused.headers()["retry-after"]);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  const page = await crowd.newPage();
  await page.goto("/login");
  await expectTrouble(page, "请求太多了");
  await expectTrouble(page, /请等 ([1-5]?\d|60) 秒再试。/);
  const neighbour = await openBrowser(from("203.0.113.3"));
  expect((await neighbour.request.post("/api/tickets")).status()).toBe(201);
});

test("S20 a forged address in the header is ignored", async ({ openBrowser }) => {
  const statuses: number[] = [];
  for (const forged of ["198.51.100.1", "198.51.100.2", "198.51.100.3"]) {
    const browser = await openBrowser(from(`${forged}, 203.0.113.4`));
    statuses.push((await browser.request.post("/api/tickets")).status());
  }
  expect(statuses).toEqual([201, 201, 429]);
});

for (const { ip, isWarned } of [
  { ip: "203.0.113.5", isWarned: false },
  { ip: "198.51.100.7", isWarned: true },
]) {
  const name = isWarned ? "on another network warns" : "on the desktop's network does not warn";
  test(`S18 a phone ${name}`, async ({ openBrowser, openDingTalk }) => {
    const page = await (await openBrowser(from("203.0.113.5"))).newPage();
    const phone = await openDingTalk({ person: lilei });
    await phone.context.setExtraHTTPHeaders(from(ip).extraHTTPHeaders);
    const next = nextTicket(page);
    await page.goto("/login");
    await scanTicket(phone, await next);
    await expect(phone.page.getByText("203.0.113.5", { exact: true })).toBeVisible();
    const warning = phone.page.getByText("电脑与手机不在同一个网络，请再次核对。");
    await expect(warning).toHaveCount(isWarned ? 1 : 0);
  });
}

test("S15 after signing out the app's own code appears only on request", async ({ openBrowser, dingtalk }) => {
  const desk = await openBrowser(from("203.0.113.6"));
  await enter(desk, dingtalk, lilei);
  const page = await desk.newPage();
  await page.goto("/profile");
  await expectProfileOf(page, lilei);
  await page.getByRole("button", { name: "退出" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "你已退出登录" })).toBeVisible();
  await expect(ticketQr(page)).toHaveCount(0);
  await page.getByRole("button", { name: "显示登录二维码" }).click();
  await expect(ticketQr(page)).toBeVisible();
});

test("S17 a phone without scripts can approve a ticket", async ({ openBrowser, dingtalk }) => {
  const desk = await openBrowser(from("203.0.113.8"));
  const page = await desk.newPage();
  const next = nextTicket(page);
  await page.goto("/login");
  const ticket = await next;
  const userAgent = "Mozilla/5.0 (Linux; Android 13) AliApp(DingTalk/7.6.50)";
  const holder = await openBrowser({ ...from("203.0.113.8"), userAgent, javaScriptEnabled: false });
  await enter(holder, dingtalk, lilei);
  const phone = { page: await holder.newPage() };
  await scanTicket(phone, ticket);
  await phone.page.getByRole("textbox").fill(ticket.number);
  await phone.page.getByRole("button", { name: "允许登录" }).click();
  await expectOnPhone(phone, "已允许登录");
  await expectProfileOf(page, lilei);
});
