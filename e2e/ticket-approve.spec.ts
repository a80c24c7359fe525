import { type BrowserContext } from "@playwright/test";
import { clientNames, clients } from "../sandbox/user-agents";
import { expect, hanmeimei, test } from "./fixtures";
import { enter, expectProfileOf, expectSignInPage, isSignedIn } from "./sign-in";
import {
  approve,
  expectOnPhone,
  nextTicket,
  numberField,
  openTicket,
  redeemTicket,
  scanAndApprove,
  scanTicket,
  showTicket,
  ticketQr,
} from "./tickets";

async function sessionOf(context: BrowserContext): Promise<string | undefined> {
  return (await context.cookies()).find(({ name }) => name === "session")?.value;
}

test("S16 S17 a phone that scans the app's own code and types its number signs the desktop in", async ({
  page,
  openDingTalk,
  hire,
}) => {
  const person = await hire();
  const phone = await openDingTalk({ person });
  const ticket = await showTicket(page);
  await expect(page.getByText(ticket.number, { exact: true })).toBeVisible();
  await scanTicket(phone, ticket);
  await expect(page.getByText("已扫码，请在手机上确认")).toBeVisible();
  await expect(page.getByText(person.name)).toHaveCount(0);
  await approve(phone, ticket.number);
  await expectOnPhone(phone, "已允许登录");
  await expectProfileOf(page, person);
  await expect(page.getByText("扫本应用的二维码")).toBeVisible();
});

for (const client of clients) {
  test(`DingTalk on ${clientNames[client]} can sign a desktop in`, async ({ page, openDingTalk, employee }) => {
    const phone = await openDingTalk({ person: employee, client });
    const ticket = await showTicket(page);
    await scanAndApprove(phone, ticket);
    await expectProfileOf(page, employee);
  });
}

test("S17 the phone shows the account, the app and the desktop's client info, and declining is as easy as allowing", async ({
  page,
  openDingTalk,
  world,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  await scanTicket(phone, await showTicket(page));
  await expect(phone.page.getByText(employee.name, { exact: true })).toBeVisible();
  await expect(phone.page.getByText(world.settings.BRAND_NAME ?? "", { exact: false }).first()).toBeVisible();
  await expect(phone.page.getByText("如果登录页不是你自己打开的，请拒绝。")).toBeVisible();
  await expect(phone.page.getByText(/^Chrome.+ · Linux$/)).toBeVisible();
  await expect(phone.page.getByText("127.0.0.1", { exact: true })).toBeVisible();
  await expect(phone.page.getByRole("time")).toBeVisible();
  const [allowBox, declineBox] = await Promise.all(
    ["允许登录", "不是我，拒绝"].map((name) => phone.page.getByRole("button", { name }).boundingBox()),
  );
  expect({ width: declineBox?.width, height: declineBox?.height }).toEqual({
    width: allowBox?.width,
    height: allowBox?.height,
  });
});

test("S18 the phone requires the number before it sends the approval", async ({ page, openDingTalk, employee }) => {
  const phone = await openDingTalk({ person: employee });
  await scanTicket(phone, await showTicket(page));
  const button = phone.page.getByRole("button", { name: "允许登录" });
  for (const number of ["", "7", "ab"]) {
    await numberField(phone.page).fill(number);
    await button.tap();
    await expect(numberField(phone.page)).toBeFocused();
  }
  await expect(page.getByText("已扫码，请在手机上确认")).toBeVisible();
});

test("S19 the phone's session stays on the phone, and the desktop gets its own session", async ({
  page,
  openDingTalk,
  hire,
}) => {
  const person = await hire();
  const phone = await openDingTalk({ person });
  await phone.page.goto("/");
  await expectProfileOf(phone.page, person);
  const before = await sessionOf(phone.context);
  await scanAndApprove(phone, await showTicket(page));
  await expectProfileOf(page, person);
  expect(await sessionOf(phone.context)).toBe(before);
  expect(await sessionOf(page.context())).not.toBe(before);
  expect(await isSignedIn(phone.context)).toBe(true);
});

test("S19 a signed-in phone shows the ticket without another sign-in", async ({ page, openDingTalk, employee }) => {
  const phone = await openDingTalk({ person: employee });
  await phone.page.goto("/");
  await expectProfileOf(phone.page, employee);
  await scanTicket(phone, await showTicket(page));
  expect(phone.codeRequests).toHaveLength(1);
});

test("S21 the session list shows from where the desktop was approved, and the phone can revoke it at once", async ({
  page,
  openDingTalk,
  hire,
}) => {
  const person = await hire();
  const phone = await openDingTalk({ person });
  await scanAndApprove(phone, await showTicket(page));
  await expectProfileOf(page, person);
  await page.goto("/sessions");
  const own = page.getByRole("listitem").filter({ hasText: "当前" });
  await expect(own).toContainText("扫本应用的二维码 · 127.0.0.1 · 由 Android 127.0.0.1 确认");
  await expect(page.getByRole("listitem").filter({ hasText: "在钉钉内自动登录" })).toHaveCount(1);
  await phone.page.goto("/sessions");
  await phone.page.getByRole("button", { name: /^退出 Chrome/ }).tap();
  await expect(phone.page.getByText("只有这台设备登录着。")).toBeVisible();
  await page.getByRole("link", { name: "回到登录页" }).click();
  await expectSignInPage(page);
  expect(await isSignedIn(phone.context)).toBe(true);
});

test("S21 DingTalk notifies the employee of the new sign-in and links to the session list", async ({
  page,
  openDingTalk,
  dingtalk,
  world,
  hire,
}) => {
  const person = await hire();
  await scanAndApprove(await openDingTalk({ person }), await showTicket(page));
  await expectProfileOf(page, person);
  await expect.poll(async () => (await dingtalk.messages()).map(({ userids }) => userids)).toEqual([[person.userid]]);
  const sent = JSON.stringify(await dingtalk.messages());
  expect(sent).toContain("127.0.0.1");
  expect(sent).toContain(`${world.url}/sessions`);
});

for (const fault of [{ kind: "errcode", errcode: 88 }, { kind: "hang" }] as const) {
  test(`S21 a notification that fails (${fault.kind}) neither delays nor prevents the sign-in`, async ({
    page,
    openDingTalk,
    dingtalk,
    world,
    hire,
  }) => {
    const person = await hire();
    const phone = await openDingTalk({ person });
    const ticket = await showTicket(page);
    await dingtalk.fault({ path: "/topapi/message/*", times: 10, fault });
    const before = world.log().length;
    await scanAndApprove(phone, ticket);
    await expectProfileOf(page, person);
    await expect.poll(() => world.log().slice(before)).toContain("sign-in notification not sent");
    expect(await isSignedIn(page.context())).toBe(true);
  });
}

test("an employee scans with the phone's scanner in DingTalk's webview", async ({ page, world }) => {
  const ticket = await showTicket(page);
  const phone = { page: await page.context().newPage() };
  await phone.page.goto(`${world.dingtalk.url}/_sandbox/phone?person=${hanmeimei.userid}&client=ios`);
  await phone.page.getByRole("textbox", { name: "粘贴二维码内容或链接" }).fill(`${world.url}${ticket.path}`);
  await phone.page.getByRole("button", { name: "扫描", exact: true }).click();
  await expectOnPhone(phone, "让这台电脑登录吗？");
  await approve(phone, ticket.number);
  await expectOnPhone(phone, "已允许登录");
  await expectProfileOf(page, hanmeimei);
});

test("the desktop goes to its return path after the sign-in", async ({ page, openDingTalk }) => {
  const phone = await openDingTalk({ person: hanmeimei });
  await scanAndApprove(phone, await showTicket(page, "/admin/employees?search=no-match"));
  await expect(page).toHaveURL(/\/admin\/employees\?search=no-match$/);
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
});

test("S23 a ticket of another employee replaces the desktop's session, and the old one ends", async ({
  context,
  openBrowser,
  openDingTalk,
  dingtalk,
  hire,
}) => {
  const [first, second] = [await hire(), await hire()];
  await enter(context, dingtalk, first);
  const thief = await openBrowser();
  await thief.addCookies((await context.cookies()).filter(({ name }) => name === "session"));
  const ticket = await openTicket(context);
  await scanAndApprove(await openDingTalk({ person: second }), ticket);
  expect((await redeemTicket(context, ticket)).status()).toBe(200);
  expect(await (await context.request.get("/api/auth/session")).json()).toMatchObject({ user: { name: second.name } });
  expect(await isSignedIn(thief)).toBe(false);
});

test("the desktop and the phone can be used by keyboard alone", async ({ page, openDingTalk, employee }) => {
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  const next = nextTicket(page);
  const link = page.getByRole("button", { name: "换用本应用的二维码" });
  await link.focus();
  await page.keyboard.press("Enter");
  const ticket = await next;
  await expect(ticketQr(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "换用钉钉官方二维码" })).toBeFocused();
  const phone = await openDingTalk({ person: employee, client: "windows" });
  await scanTicket(phone, ticket);
  const field = numberField(phone.page);
  for (let presses = 0; presses < 12; presses += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) break;
    await phone.page.keyboard.press("Tab");
  }
  await expect(field).toBeFocused();
  await phone.page.keyboard.type(ticket.number);
  await phone.page.keyboard.press("Enter");
  await expectOnPhone(phone, "已允许登录");
  await expectProfileOf(page, employee);
});
