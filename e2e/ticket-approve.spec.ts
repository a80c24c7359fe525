import { type BrowserContext } from "@playwright/test";
import { clientNames, clients } from "../sandbox/user-agents";
import { expect, hanmeimei, test } from "./fixtures";
import { enter, expectProfileOf, expectSignInPage, isIn } from "./sign-in-methods";
import {
  allow,
  approve,
  codeOn,
  expectOnPhone,
  nextTicket,
  numberField,
  openTicket,
  redeem,
  scanWith,
  showTicket,
} from "./tickets";

async function sessionOf(context: BrowserContext): Promise<string | undefined> {
  return (await context.cookies()).find(({ name }) => name === "session")?.value;
}

test("S16 a phone that scans the app's own code, and types its number, lets the desktop in", async ({
  page,
  openDingTalk,
  hire,
}) => {
  const person = await hire();
  const phone = await openDingTalk({ person });
  const ticket = await showTicket(page);
  await expect(page.getByText(ticket.number, { exact: true })).toBeVisible();
  await scanWith(phone, ticket);
  await expect(page.getByText(`${person.name}已扫码，请在手机上确认`)).toBeVisible();
  await allow(phone, ticket.number);
  await expectOnPhone(phone, "已允许登录");
  await expectProfileOf(page, person);
  await expect(page.getByText("扫本应用的二维码")).toBeVisible();
});

for (const client of clients) {
  test(`DingTalk on ${clientNames[client]} can let a desktop in`, async ({ page, openDingTalk, employee }) => {
    const phone = await openDingTalk({ person: employee, client });
    const ticket = await showTicket(page);
    await approve(phone, ticket);
    await expectProfileOf(page, employee);
  });
}

test("S17 the phone shows who asks for what from where, and declining is as easy as allowing", async ({
  page,
  openDingTalk,
  world,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  await scanWith(phone, await showTicket(page));
  await expect(phone.page.getByText(employee.name, { exact: true })).toBeVisible();
  await expect(phone.page.getByText(world.settings.BRAND_NAME ?? "", { exact: false }).first()).toBeVisible();
  await expect(phone.page.getByText("如果登录页不是你自己打开的，请拒绝。")).toBeVisible();
  await expect(phone.page.getByText(/^Chrome.+ · Linux$/)).toBeVisible();
  await expect(phone.page.getByText("127.0.0.1", { exact: true })).toBeVisible();
  await expect(phone.page.getByRole("time")).toBeVisible();
  const [yes, no] = await Promise.all(
    ["允许登录", "不是我，拒绝"].map((name) => phone.page.getByRole("button", { name }).boundingBox()),
  );
  expect({ width: no?.width, height: no?.height }).toEqual({ width: yes?.width, height: yes?.height });
});

test("S18 the number is asked for before anything is sent", async ({ page, openDingTalk, employee }) => {
  const phone = await openDingTalk({ person: employee });
  await scanWith(phone, await showTicket(page));
  const button = phone.page.getByRole("button", { name: "允许登录" });
  for (const number of ["", "7", "ab"]) {
    await numberField(phone.page).fill(number);
    await button.tap();
    await expect(numberField(phone.page)).toBeFocused();
  }
  await expect(page.getByText("已扫码，请在手机上确认")).toBeVisible();
});

test("S19 the phone's own session stays with the phone, and the desktop gets one of its own", async ({
  page,
  openDingTalk,
  hire,
}) => {
  const person = await hire();
  const phone = await openDingTalk({ person });
  await phone.page.goto("/");
  await expectProfileOf(phone.page, person);
  const before = await sessionOf(phone.context);
  await approve(phone, await showTicket(page));
  await expectProfileOf(page, person);
  expect(await sessionOf(phone.context)).toBe(before);
  expect(await sessionOf(page.context())).not.toBe(before);
  expect(await isIn(phone.context)).toBe(true);
});

test("S19 who is signed in already is shown the ticket without being asked again", async ({
  page,
  openDingTalk,
  employee,
}) => {
  const phone = await openDingTalk({ person: employee });
  await phone.page.goto("/");
  await expectProfileOf(phone.page, employee);
  await scanWith(phone, await showTicket(page));
  expect(phone.asked).toHaveLength(1);
});

test("S21 the sessions tell who let the desktop in from where, and the phone ends it at once", async ({
  page,
  openDingTalk,
  hire,
}) => {
  const person = await hire();
  const phone = await openDingTalk({ person });
  await approve(phone, await showTicket(page));
  await expectProfileOf(page, person);
  await page.goto("/sessions");
  const own = page.getByRole("listitem").filter({ hasText: "当前" });
  await expect(own).toContainText("扫本应用的二维码 · 127.0.0.1 · 由 Android 127.0.0.1 确认");
  await expect(page.getByRole("listitem").filter({ hasText: "在钉钉内自动登录" })).toHaveCount(1);
  await phone.page.goto("/sessions");
  await phone.page.getByRole("button", { name: /^退出 Chrome/ }).tap();
  await expect(phone.page.getByText("只有这台设备登录着。")).toBeVisible();
  await page.reload();
  await expectSignInPage(page);
  expect(await isIn(phone.context)).toBe(true);
});

test("S21 DingTalk tells the employee of the new sign-in, and where to end it", async ({
  page,
  openDingTalk,
  dingtalk,
  world,
  hire,
}) => {
  const person = await hire();
  await approve(await openDingTalk({ person }), await showTicket(page));
  await expectProfileOf(page, person);
  await expect.poll(async () => (await dingtalk.messages()).map(({ userids }) => userids)).toEqual([[person.userid]]);
  const told = JSON.stringify(await dingtalk.messages());
  expect(told).toContain("127.0.0.1");
  expect(told).toContain(`${world.url}/sessions`);
});

for (const fault of [{ kind: "errcode", errcode: 88 }, { kind: "hang" }] as const) {
  test(`S21 a notification that fails (${fault.kind}) keeps nobody waiting or out`, async ({
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
    await approve(phone, ticket);
    await expectProfileOf(page, person);
    await expect.poll(() => world.log().slice(before)).toContain("sign-in not announced");
    expect(await isIn(page.context())).toBe(true);
  });
}

test("a person scans with the phone's own scanner, in DingTalk's webview", async ({ page, world }) => {
  const ticket = await showTicket(page);
  const phone = { page: await page.context().newPage() };
  await phone.page.goto(`${world.dingtalk.url}/_sandbox/phone?person=${hanmeimei.userid}&client=ios`);
  await phone.page.getByRole("textbox", { name: "粘贴二维码内容或链接" }).fill(`${world.url}${ticket.path}`);
  await phone.page.getByRole("button", { name: "扫描", exact: true }).click();
  await expectOnPhone(phone, "让这台电脑登录吗？");
  await allow(phone, ticket.number);
  await expectOnPhone(phone, "已允许登录");
  await expectProfileOf(page, hanmeimei);
});

test("what a person wanted to see before the sign-in comes after it", async ({ page, openDingTalk }) => {
  const phone = await openDingTalk({ person: hanmeimei });
  await approve(phone, await showTicket(page, "/admin/employees?search=nobody"));
  await expect(page).toHaveURL(/\/admin\/employees\?search=nobody$/);
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
});

test("S23 a desktop that changes hands gets a new session, and the old one ends", async ({
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
  await approve(await openDingTalk({ person: second }), ticket);
  expect((await redeem(context, ticket)).status()).toBe(200);
  expect(await (await context.request.get("/api/auth/session")).json()).toMatchObject({ user: { name: second.name } });
  expect(await isIn(thief)).toBe(false);
});

test("a keyboard is enough, on the desktop and on the phone", async ({ page, openDingTalk, employee }) => {
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  const next = nextTicket(page);
  const link = page.getByRole("button", { name: "换用本应用的二维码" });
  await link.focus();
  await page.keyboard.press("Enter");
  const ticket = await next;
  await expect(codeOn(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "换用钉钉官方二维码" })).toBeFocused();
  const phone = await openDingTalk({ person: employee, client: "windows" });
  await scanWith(phone, ticket);
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
