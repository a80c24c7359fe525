import { type Page } from "@playwright/test";
import { expectReadable } from "./accessibility";
import { test as base, expect, hanmeimei } from "./fixtures";
import { enter } from "./sign-in";
import { startWorld, type World } from "./world";

/** A world of its own, since a sync changes who is in the directory. */
const test = base.extend<object, { sharedWorld: World }>({
  sharedWorld: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const world = await startWorld({ DIRECTORY_SYNC_QPS: "30" });
      await use(world);
      await world.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.describe.configure({ mode: "serial" });

const soon = { timeout: 30_000 };

async function syncNow(page: Page): Promise<void> {
  await page.goto("/admin/employees");
  await page.getByRole("button", { name: "立即同步" }).click();
}

test("an admin reads the whole company from DingTalk, and sees how far it is", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, hanmeimei);
  await syncNow(page);
  await expect(page.getByRole("progressbar", { name: "正在从钉钉同步" })).toBeVisible();
  await expect(page.getByRole("button", { name: "立即同步" })).toBeEnabled(soon);
  const tree = page.getByRole("navigation", { name: "部门" });
  await expect(tree.getByRole("link", { name: /研发部/ })).toHaveCount(0);
  await tree.getByRole("link", { name: /技术中心/ }).click();
  await expect(tree.getByRole("link", { name: /研发部/ })).toBeVisible();
  await expect(page).toHaveURL(/department=/);
  await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
});

test("an admin finds people while typing, by pinyin and initials", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto("/admin/employees");
  const field = page.getByRole("searchbox");
  for (const [typed, name] of [
    ["hanmeimei", "韩梅梅"],
    ["hmm", "韩梅梅"],
    ["lilei", "李雷"],
  ] as const) {
    await field.fill(typed);
    await expect(page).toHaveURL(new RegExp(`search=${typed}`));
    await expect(page.getByRole("table").getByRole("link", { name })).toBeVisible();
    await expect(field).toBeFocused();
  }
});

test("S37 while a sync runs, a page with a search does not record itself again and again", async ({
  page,
  dingtalk,
}) => {
  await enter(page.context(), dingtalk, hanmeimei);
  await dingtalk.fault({ path: "/topapi/v2/user/list", times: 1, fault: { kind: "hang" } });
  await syncNow(page);
  const strip = page.getByRole("region", { name: "正在从钉钉同步" });
  await expect(strip).toBeVisible();
  await expect(strip.getByRole("link", { name: "刷新进度" })).toHaveCount(0);
  await page.goto("/admin/employees?search=hmm&sort=name");
  await expect(strip.getByRole("link", { name: "刷新进度" })).toHaveAttribute("href", /search=hmm.*sort=name/);
  await strip.getByRole("button", { name: "停止同步" }).click();
  await expect(page.getByRole("button", { name: "立即同步" })).toBeEnabled(soon);
});

test("filters, search and sort work without scripts, and are in the address", async ({ openBrowser, dingtalk }) => {
  const context = await openBrowser({ javaScriptEnabled: false });
  await enter(context, dingtalk, hanmeimei);
  const page = await context.newPage();
  await page.goto("/admin/employees");
  await page.getByRole("link", { name: "现在登录着" }).click();
  await expect(page.getByRole("table").getByRole("link", { name: "韩梅梅" })).toBeVisible();
  await page.getByRole("link", { name: "姓名", exact: true }).click();
  await page.getByRole("searchbox").fill("hmm");
  await page.getByRole("button", { name: "查找" }).click();
  await expect(page).toHaveURL(/signedIn=now.*sort=name.*search=hmm|search=hmm.*signedIn=now.*sort=name/);
  await expect(page.getByRole("table").getByRole("link")).toHaveCount(1);
});

test("S37 an admin exports what the page shows, and others cannot", async ({ page, dingtalk, openBrowser }) => {
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto("/admin/employees?search=hanmeimei");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出 CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^employees-\d{4}-\d\d-\d\d\.csv$/);
  const stream = await download.createReadStream();
  let text = "";
  for await (const part of stream) text += part;
  expect(text.trim().split("\r\n")).toHaveLength(2);
  const foreign = await page
    .context()
    .request.post("/admin/employees/export", { headers: { origin: "https://evil.example" } });
  expect(foreign.status()).toBe(403);
  const employee = await openBrowser();
  await enter(employee, dingtalk, { userid: "user0001", name: "李雷" });
  expect((await employee.request.post("/admin/employees/export")).status()).toBe(404);
});

test("above the limit nothing happens until an admin decides", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, hanmeimei);
  const gone = ["user0006", "user0007"];
  for (const userid of gone) await dingtalk.patchPerson(userid, { membership: "left" });
  await syncNow(page);
  const heading = page.getByRole("heading", { level: 2, name: /同步已暂停：会停用 \d+ 人/ });
  await expect(heading).toBeVisible(soon);
  await expectReadable(page, heading);
  await page.getByText(/查看这 \d+ 人/).click();
  const named = await page
    .getByRole("region", { name: /同步已暂停/ })
    .getByRole("link")
    .allInnerTexts();
  expect(named.length).toBeGreaterThanOrEqual(2);
  await page.getByRole("button", { name: /确认停用这 \d+ 人/ }).click();
  await expect(page.getByText(/停用 \d+/).last()).toBeAttached(soon);
  await expect(page.getByRole("button", { name: "立即同步" })).toBeEnabled(soon);
  await page.goto("/admin/employees?state=inactive");
  for (const name of named) await expect(page.getByRole("table").getByRole("link", { name })).toBeVisible();
});

test("the directory is accessible in English, in both themes, on narrow and wide screens", async ({
  openBrowser,
  dingtalk,
}) => {
  const context = await openBrowser({ locale: "en-US" });
  await enter(context, dingtalk, hanmeimei);
  const page = await context.newPage();
  await page.goto("/admin/employees?sort=name");
  await expectReadable(page, page.getByRole("heading", { level: 1, name: "Directory" }));
});
