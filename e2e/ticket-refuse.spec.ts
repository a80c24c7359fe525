import { userAgents } from "../sandbox/user-agents";
import { expect, hanmeimei, test } from "./fixtures";
import { enter, expectProfileOf, expectSignInPage, isSignedIn, signInByRedirect } from "./sign-in";
import {
  approve,
  expectOnPhone,
  expectTrouble,
  nextTicket,
  openTicket,
  redeemTicket,
  scanAndApprove,
  scanTicket,
  showTicket,
  type Ticket,
  ticketQr,
  ticketState,
} from "./tickets";

/** Returns a number that the desktop does not show. */
function wrongNumber({ number }: Ticket): string {
  return number === "10" ? "11" : "10";
}

test("S17 a declined ticket does not sign the desktop in, and the next code does", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  const ticket = await showTicket(page);
  await scanTicket(phone, ticket);
  await phone.page.getByRole("button", { name: "不是我，拒绝" }).tap();
  await expectOnPhone(phone, "已拒绝");
  await expectTrouble(page, "手机上拒绝了这次登录");
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "已拒绝");
  const next = nextTicket(page);
  await page.getByRole("button", { name: "换一个二维码" }).click();
  await scanAndApprove(phone, await next);
  await expectProfileOf(page, employee);
});

test("S18 a wrong number ends the ticket, and the right number does not help afterwards", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  const ticket = await showTicket(page);
  await scanTicket(phone, ticket);
  await approve(phone, wrongNumber(ticket));
  await expectOnPhone(phone, "数字不对，这次登录已取消");
  await expectTrouble(page, "手机上拒绝了这次登录");
  await phone.page.goBack();
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "已拒绝");
  expect((await redeemTicket(page.context(), ticket)).status()).toBe(401);
  expect(await isSignedIn(page.context())).toBe(false);
});

test("S19 of two phones the first to scan decides, and the other shows that", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const [first, second] = [await openDingTalk({ person: employee }), await openDingTalk({ person: hanmeimei })];
  const ticket = await showTicket(page);
  await scanTicket(first, ticket);
  await second.page.goto(ticket.path);
  await expectOnPhone(second, "别的手机已经扫过了");
  await approve(first, ticket.number);
  await expectProfileOf(page, employee);
});

test("S19 of two phones that scan at the same time exactly one decides", async ({
  context,
  openDingTalk,
  employee,
}) => {
  const phones = [await openDingTalk({ person: employee }), await openDingTalk({ person: hanmeimei })];
  const ticket = await openTicket(context);
  for (const { page } of phones) {
    await page.goto("/");
    await expect(page).toHaveURL(/\/profile$/);
  }
  await Promise.all(phones.map(({ page }) => page.goto(ticket.path)));
  const headings = await Promise.all(phones.map(({ page }) => page.getByRole("heading", { level: 1 }).innerText()));
  expect(headings.toSorted()).toEqual(["别的手机已经扫过了", "让这台电脑登录吗？"].toSorted());
});

test("S16 a ticket cannot be used a second time", async ({ page, openDingTalk, openBrowser, employee }) => {
  const phone = await openDingTalk({ person: employee });
  const ticket = await showTicket(page);
  await scanAndApprove(phone, ticket);
  await expectProfileOf(page, employee);
  const again = await redeemTicket(page.context(), ticket);
  expect(again.status()).toBe(401);
  expect((await again.json()).url).toContain("error=ticket_expired");
  expect(await isSignedIn(page.context())).toBe(true);
  const thief = await openBrowser();
  await thief.addCookies((await page.context().cookies()).filter(({ name }) => name === "ticket-secret"));
  expect((await redeemTicket(thief, ticket)).status()).toBe(401);
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "这个二维码已经用过了");
});

test("S16 of two concurrent uses exactly one signs in", async ({ context, openDingTalk, employee }) => {
  const ticket = await openTicket(context);
  await scanAndApprove(await openDingTalk({ person: employee }), ticket);
  const uses = await Promise.all([redeemTicket(context, ticket), redeemTicket(context, ticket)]);
  expect(uses.map((response) => response.status()).toSorted()).toEqual([200, 401]);
});

test("S16 another browser with a stolen id cannot read, follow, use or end the ticket", async ({
  context,
  openBrowser,
  openDingTalk,
  employee,
}) => {
  const ticket = await openTicket(context);
  const thief = await openBrowser();
  const addresses = [`/api/tickets/${ticket.id}`, `/api/tickets/${ticket.id}/events`];
  for (const address of addresses) expect((await thief.request.get(address)).status()).toBe(404);
  await openTicket(thief);
  for (const address of addresses) expect((await thief.request.get(address)).status()).toBe(404);
  await thief.request.delete(`/api/tickets/${ticket.id}`);
  expect(await ticketState(context, ticket)).toBe("waiting");
  await scanAndApprove(await openDingTalk({ person: employee }), ticket);
  expect((await redeemTicket(thief, ticket)).status()).toBe(401);
  expect(await isSignedIn(thief)).toBe(false);
  expect((await redeemTicket(context, ticket)).status()).toBe(200);
});

test("S16 a ticket without an approval cannot be used, even by its own desktop", async ({
  context,
  openDingTalk,
  employee,
}) => {
  const ticket = await openTicket(context);
  expect((await redeemTicket(context, ticket)).status()).toBe(401);
  await scanTicket(await openDingTalk({ person: employee }), ticket);
  expect((await redeemTicket(context, ticket)).status()).toBe(401);
  expect(await isSignedIn(context)).toBe(false);
});

test("S13 another site can neither open, end nor use a ticket", async ({ context, openDingTalk, employee }) => {
  const headers = { origin: "https://evil.example" };
  expect((await context.request.post("/api/tickets", { headers })).status()).toBe(403);
  const ticket = await openTicket(context);
  expect((await context.request.delete(`/api/tickets/${ticket.id}`, { headers })).status()).toBe(403);
  await scanAndApprove(await openDingTalk({ person: employee }), ticket);
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const data = { csrfToken, ticket: ticket.id };
  const forged = await context.request.post("/api/auth/callback/dingtalk-ticket", { headers, data });
  expect(forged.status()).toBe(401);
  expect(await ticketState(context, ticket)).toBe("approved");
});

const others = {
  WeChat:
    "Mozilla/5.0 (Linux; Android 14; V2203A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50.2701",
  "an iPhone's camera":
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
};

for (const [name, userAgent] of Object.entries(others)) {
  test(`S19 scanned by ${name}, the code leads to DingTalk`, async ({ page, openBrowser, world, employee }) => {
    const ticket = await showTicket(page);
    const phone = { page: await (await openBrowser({ userAgent })).newPage() };
    await phone.page.goto(ticket.path);
    await expectOnPhone(phone, "请用钉钉打开");
    const link = phone.page.getByRole("link", { name: "在钉钉中打开" });
    const address = (await link.getAttribute("href")) ?? "";
    expect(new URL(address).searchParams.get("url")).toBe(`${world.url}${ticket.path}`);
    expect(await ticketState(page.context(), ticket)).toBe("waiting");
    const scanned = new URLSearchParams({ person: employee.userid, client: "ios", address });
    await phone.page.goto(`${world.dingtalk.url}/_sandbox/phone/scan?${scanned}`);
    await expectOnPhone(phone, "让这台电脑登录吗？");
    await approve(phone, ticket.number);
    await expectProfileOf(page, employee);
  });
}

test("S19 an outsider is not signed in on the phone and cannot approve a ticket", async ({ page, openDingTalk }) => {
  const phone = await openDingTalk({ person: { userid: "out0001", name: "吴涛" } });
  const ticket = await showTicket(page);
  await phone.page.goto(ticket.path);
  await expect(phone.page.getByRole("heading", { name: "钉钉没能在这里确认你的身份" })).toBeVisible();
  await phone.page.goto(ticket.path);
  await expectSignInPage(phone.page);
  expect(await ticketState(page.context(), ticket)).toBe("waiting");
});

test("S26 a disabled employee cannot approve a ticket", async ({ page, openDingTalk, consoleErrors }) => {
  consoleErrors.allow(/401/, "the browser reports the refusal's status");
  const phone = await openDingTalk({ person: { userid: "user0003", name: "王强" } });
  const ticket = await showTicket(page);
  await phone.page.goto(ticket.path);
  await expect(phone.page).toHaveURL(/error=leaver/);
  expect(await ticketState(page.context(), ticket)).toBe("waiting");
});

test("S26 an employee whose sessions were revoked between scan and tap cannot approve the ticket", async ({
  page,
  openBrowser,
  openDingTalk,
  dingtalk,
  hire,
}) => {
  const person = await hire();
  const phone = await openDingTalk({ person });
  const ticket = await showTicket(page);
  await scanTicket(phone, ticket);
  const adminPage = await (await openBrowser()).newPage();
  await enter(adminPage.context(), dingtalk, hanmeimei);
  await adminPage.goto(`/admin/employees/${person.userid}`);
  await adminPage.getByText("退出全部 1 台设备").click();
  await adminPage.getByRole("button", { name: "确认全部退出" }).click();
  await expect(adminPage.getByText("已退出 1 台设备。")).toBeVisible();
  await approve(phone, ticket.number);
  await expectOnPhone(phone, "让这台电脑登录吗？");
  expect(await ticketState(page.context(), ticket)).toBe("scanned");
  expect(await isSignedIn(page.context())).toBe(false);
});

test("S19 an employee who signed in by redirect, even inside DingTalk, must sign in silently first", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee, bridge: { neverReady: true } });
  await phone.page.clock.install();
  await signInByRedirect(phone.page, employee);
  await expectProfileOf(phone.page, employee);
  const ticket = await showTicket(page);
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "请在钉钉里重新登录");
  expect(await ticketState(page.context(), ticket)).toBe("waiting");
  await phone.page.getByRole("button", { name: "退出并重新登录" }).tap();
  await expect(phone.page.getByRole("heading", { level: 1, name: "你已退出登录" })).toBeVisible();
});

test("S15 an employee who signed out on the phone must tap to sign in before the ticket appears", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  await phone.page.goto("/");
  await phone.page.getByRole("button", { name: "退出" }).tap();
  const enterButton = phone.page.getByRole("button", { name: "用钉钉身份登录" });
  await expect(enterButton).toBeVisible();
  const ticket = await showTicket(page);
  await phone.page.goto(ticket.path);
  await expect(enterButton).toBeVisible();
  expect(await ticketState(page.context(), ticket)).toBe("waiting");
  await enterButton.tap();
  await expectOnPhone(phone, "让这台电脑登录吗？");
  await approve(phone, ticket.number);
  await expectProfileOf(page, employee);
});

test("a desktop that closes its page cancels the ticket", async ({ page, openDingTalk, employee }) => {
  const ticket = await showTicket(page);
  await page.goto("/api/health");
  const phone = await openDingTalk({ person: employee });
  await expect.poll(() => ticketState(page.context(), ticket)).toBe("cancelled");
  await phone.page.goto(ticket.path);
  await expectOnPhone(phone, "电脑上的登录页已经关闭");
});

test("an unknown ticket id shows that there is no such code", async ({ openDingTalk, employee }) => {
  const phone = await openDingTalk({ person: employee });
  for (const id of ["x".repeat(43), "1", encodeURIComponent("<b>")]) {
    await phone.page.goto(`/scan/${id}`);
    await expectOnPhone(phone, "没有这个二维码");
  }
});

test("S16 the phone's page cannot be framed, is not cached and contains no ticket secret", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  const ticket = await showTicket(page);
  await scanTicket(phone, ticket);
  const response = await phone.page.reload();
  expect(response?.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(response?.headers()["cache-control"]).toContain("no-store");
  const secret = (await page.context().cookies()).find(({ name }) => name === "ticket-secret");
  expect(secret).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  expect(await phone.page.content()).not.toContain(secret?.value ?? "-");
  expect(await phone.page.content()).not.toContain(`>${ticket.number}<`);
  expect(await page.evaluate(() => document.cookie)).not.toContain("ticket-secret");
  await expect(ticketQr(page)).toBeVisible();
});

test("S4 a ticket can be used only by JSON from the app's own page", async ({ context, openDingTalk, employee }) => {
  const ticket = await openTicket(context);
  await scanAndApprove(await openDingTalk({ person: employee }), ticket);
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const address = "/api/auth/callback/dingtalk-ticket";
  expect((await context.request.get(`${address}?ticket=${ticket.id}`)).status()).toBe(405);
  expect((await context.request.post(address, { form: { csrfToken, ticket: ticket.id } })).status()).toBe(401);
  expect((await context.request.post(address, { data: { ticket: ticket.id } })).status()).toBe(401);
  expect(await isSignedIn(context)).toBe(false);
});

test("DingTalk's user agent without a session or a bridge does not see the ticket", async ({
  context,
  openBrowser,
}) => {
  const ticket = await openTicket(context);
  const visitor = await openBrowser({ userAgent: userAgents.android });
  const response = await visitor.request.get(ticket.path, { maxRedirects: 0 });
  expect(response.headers().location).toContain("/login?returnTo=");
  expect(await ticketState(context, ticket)).toBe("waiting");
});
