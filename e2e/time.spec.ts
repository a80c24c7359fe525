import { expectReadable } from "./accessibility";
import { test } from "./clock";
import { expect, hanmeimei, lilei } from "./fixtures";
import { enter, finishSignIn, isSignedIn, openDingTalkLogin, startSignIn } from "./sign-in";

const minute = 60;
const hour = 60 * minute;

test("S24 a session ends after it was unused for longer than the idle limit", async ({
  context,
  dingtalk,
  advanceClock,
}) => {
  await enter(context, dingtalk, lilei);
  advanceClock(71 * hour);
  expect(await isSignedIn(context)).toBe(true);
  advanceClock(71 * hour);
  expect(await isSignedIn(context)).toBe(true);
  advanceClock(73 * hour);
  expect(await isSignedIn(context)).toBe(false);
});

test("S24 a session in constant use ends at its absolute limit", async ({ context, dingtalk, advanceClock }) => {
  await enter(context, dingtalk, lilei);
  for (let days = 2; days < 14; days += 2) {
    advanceClock(48 * hour);
    expect(await isSignedIn(context)).toBe(true);
  }
  advanceClock(49 * hour);
  expect(await isSignedIn(context)).toBe(false);
});

test("S1 a sign-in that was started too long ago is refused", async ({ context, dingtalk, advanceClock }) => {
  const state = await startSignIn(context, "redirect");
  advanceClock(16 * minute);
  const code = await dingtalk.mintCode({ kind: "auth", userid: lilei.userid });
  const landing = await finishSignIn(context, { code, state });
  expect(landing.searchParams.get("error")).toBe("state_mismatch");
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toEqual([]);
});

test("S35 an old record is fetched again, and shown with its age while DingTalk is down", async ({
  page,
  context,
  openBrowser,
  dingtalk,
  hire,
  advanceClock,
}) => {
  const person = await hire({ title: "旧职务" });
  await enter(await openBrowser(), dingtalk, person);
  await enter(context, dingtalk, hanmeimei);
  advanceClock(3 * hour);
  for (const path of ["/topapi/*", "/v1.0/*"]) await dingtalk.fault({ path, times: 1000, fault: { kind: "reset" } });
  await page.goto(`/admin/employees/${person.userid}`);
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
  await expect(page.getByText("钉钉暂时没有回应，下面是3 小时前的资料。")).toBeVisible();
  await dingtalk.clearFaults();
  await dingtalk.patchPerson(person.userid, { title: "新职务" });
  await page.reload();
  await expect(page.getByText("新职务")).toBeVisible();
  await expect(page.getByText("钉钉暂时没有回应")).toHaveCount(0);
});

test("S35 a page waits only briefly for a DingTalk that hangs", async ({
  page,
  context,
  dingtalk,
  hire,
  advanceClock,
}) => {
  await enter(context, dingtalk, await hire());
  advanceClock(hour);
  await dingtalk.fault({ path: "/topapi/*", times: 1000, fault: { kind: "hang" } });
  await page.goto("/profile");
  await expect(page.getByText(/下面是1 小时前的资料/)).toBeVisible();
});

test("S26 a leaver's session is revoked when a page fetches their record again", async ({
  context,
  dingtalk,
  hire,
  advanceClock,
}) => {
  const person = await hire();
  await enter(context, dingtalk, person);
  await dingtalk.patchPerson(person.userid, { active: false });
  advanceClock(11 * minute);
  await isSignedIn(context);
  expect(await isSignedIn(context)).toBe(false);
});

test("S26 any page signs a leaver out, even without an event from DingTalk", async ({
  context,
  dingtalk,
  hire,
  advanceClock,
}) => {
  const person = await hire();
  await enter(context, dingtalk, person);
  const readStatus = async () => (await context.request.get("/sessions", { maxRedirects: 0 })).status();
  await dingtalk.patchPerson(person.userid, { active: false });
  advanceClock(9 * minute);
  for (let times = 0; times < 3; times += 1) expect(await readStatus()).toBe(200);
  advanceClock(2 * minute);
  await expect.poll(readStatus).toBe(307);
});

test("S26 an admin who left is refused by the next page for admins", async ({
  context,
  dingtalk,
  hire,
  advanceClock,
}) => {
  const person = await hire({ admin: true });
  await enter(context, dingtalk, person);
  const readStatus = async () => (await context.request.get("/admin/employees", { maxRedirects: 0 })).status();
  expect(await readStatus()).toBe(200);
  await dingtalk.patchPerson(person.userid, { active: false });
  advanceClock(2 * minute);
  expect(await readStatus()).toBe(307);
});

test("S26 S35 a session counts for a day while DingTalk is down, then a page says why nothing is shown", async ({
  page,
  context,
  dingtalk,
  hire,
  advanceClock,
}) => {
  const person = await hire();
  await enter(context, dingtalk, person);
  for (const path of ["/topapi/*", "/v1.0/*"]) await dingtalk.fault({ path, times: 1000, fault: { kind: "reset" } });
  advanceClock(23 * hour);
  await page.goto("/sessions");
  await expect(page.getByRole("heading", { level: 1, name: "登录设备" })).toBeVisible();
  advanceClock(3 * hour);
  await page.goto("/sessions");
  const message = page.getByRole("heading", { level: 1, name: "太久没能向钉钉核对你的身份" });
  await expectReadable(page, message);
  await expect(page.getByText("上一次核对是 26 小时前")).toBeVisible();
  expect((await context.request.get("/api/auth/session")).status()).toBe(503);
  await dingtalk.clearFaults();
  await page.getByRole("link", { name: "再试一次" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "登录设备" })).toBeVisible();
});

/** What an admin presses on an employee's page, and what the page says when the admin comes back. */
const acts = [
  {
    act: "signing all devices out",
    opens: "退出全部 1 台设备",
    button: "确认全部退出",
    back: "你已重新登录，请再确认一次。",
  },
  { act: "signing one device out", opens: null, button: /^退出新员工/, back: "你已重新登录，请再按一次“退出”。" },
];

for (const { act, opens, button, back } of acts)
  test(`S31 ${act} asks an admin to sign in again, and then goes on`, async ({
    page,
    context,
    openBrowser,
    dingtalk,
    hire,
    advanceClock,
  }) => {
    const theirs = await openBrowser();
    const person = await hire();
    await enter(context, dingtalk, hanmeimei);
    advanceClock(16 * minute);
    await enter(theirs, dingtalk, person);
    await page.goto(`/admin/employees/${person.userid}`);
    if (opens) await page.getByText(opens).click();
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByRole("heading", { level: 1, name: "请再登录一次" })).toBeVisible();
    expect(await isSignedIn(theirs)).toBe(true);
    await openDingTalkLogin(page);
    await page.getByRole("button", { name: hanmeimei.name, exact: true }).click();
    await page.getByRole("button", { name: "同意并登录" }).click();
    await expect(page.getByText(back)).toBeVisible();
    await page.getByRole("button", { name: button }).click();
    await expect(page.getByText("已退出 1 台设备。")).toBeVisible();
    expect(await isSignedIn(theirs)).toBe(false);
  });
