import { expectReadable } from "./accessibility";
import { expect, hanmeimei, test } from "./fixtures";
import { enter } from "./sign-in";

/** The server says it in milliseconds. A busy machine has more time, and nothing else would ever move the page. */
const soon = { timeout: 15_000 };

for (const [language, title] of [
  ["zh-CN", "这台设备已被退出"],
  ["en", "This device was signed out"],
] as const)
  test(`S25 an open page notices by itself that an admin signed it out, and keeps nothing: ${language}`, async ({
    openBrowser,
    dingtalk,
    hire,
  }) => {
    const person = await hire({ title: "秘密职务" });
    const browser = await openBrowser({ locale: language });
    const admin = await openBrowser();
    await enter(browser, dingtalk, person);
    await enter(admin, dingtalk, hanmeimei);
    const page = await browser.newPage();
    const streamed = page.waitForRequest("**/api/session/events");
    await page.goto("/profile");
    await streamed;
    const adminPage = await admin.newPage();
    await adminPage.goto(`/admin/employees/${person.userid}`);
    await adminPage.getByText("退出全部").click();
    await adminPage.getByRole("button", { name: "确认全部退出" }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible(soon);
    await expectReadable(page, page.getByRole("main").getByRole("alert"));
    expect(await page.content()).not.toContain("秘密职务");
    await page.getByRole("link", { name: language === "en" ? "Go to sign-in" : "回到登录页" }).click();
    await expect(page).toHaveURL(/\/login\?returnTo=%2Fprofile/);
  });

test("a hidden tab has no stream, and notices as soon as it is visible", async ({ context, page, dingtalk, hire }) => {
  const person = await hire();
  await enter(context, dingtalk, person);
  const streams: string[] = [];
  page.on("request", (request) => request.url().endsWith("/api/session/events") && streams.push(request.url()));
  await page.goto("/profile");
  await expect.poll(() => streams.length).toBe(1);
  const show = (state: string) =>
    page.evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await show("hidden");
  const other = await context.newPage();
  await other.goto("/sessions");
  await other.getByRole("button", { name: "退出", exact: true }).first().click();
  await expect(other).toHaveURL(/\/login/);
  expect(streams).toHaveLength(1);
  await show("visible");
  await expect(page).toHaveURL(/\/login/, soon);
});

test("an open page has a stream, and a browser without a session is told at once", async ({
  context,
  page,
  dingtalk,
  hire,
  world,
}) => {
  const person = await hire();
  await enter(context, dingtalk, person);
  const answer = page.waitForResponse("**/api/session/events");
  await page.goto("/profile");
  expect((await answer).headers()["content-type"]).toBe("text/event-stream");
  const stranger = await fetch(`${world.url}/api/session/events`);
  expect(await stranger.text()).toContain('data: {"ended":null}');
});
