import { type Page } from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { userAgents } from "../sandbox/user-agents";
import { expectReadable } from "./accessibility";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import { enter, finishSignIn, postSilentCode, startSignIn } from "./sign-in";

async function openOverview(page: Page, dingtalk: SandboxClient, query = ""): Promise<void> {
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto(`/admin${query}`);
}

for (const [locale, shows, table] of [
  ["zh-CN", "每日登录", "以表格查看"],
  ["en-GB", "Sign-ins per day", "Show as a table"],
] as const)
  test(`the overview is accessible, with its table: ${locale}`, async ({ openBrowser, dingtalk }) => {
    const page = await (await openBrowser({ locale, reducedMotion: "reduce" })).newPage();
    await openOverview(page, dingtalk, "?days=30");
    await page.getByText(table).click();
    await expectReadable(page, page.getByRole("heading", { level: 2, name: shows }));
  });

/** What a picture says of itself. */
const finding = (page: Page, text: RegExp) => page.getByRole("img", { name: text });

test("a sign-in and a refusal appear in the pictures", async ({ page, openBrowser, dingtalk, hire }) => {
  await openOverview(page, dingtalk);
  await expect(finding(page, /14 天共登录 [\d,]+ 次/)).toBeVisible();
  const [before, people] = await Promise.all([
    countIn(page, /共登录 ([\d,]+) 次/),
    countIn(page, /现在有 ([\d,]+) 人/),
  ]);
  await enter(await openBrowser(), dingtalk, await hire());
  const disabled = await hire({ active: false });
  const code = await dingtalk.mintCode({ kind: "silent", userid: disabled.userid });
  expect((await postSilentCode(await openBrowser(), code)).status()).toBe(401);
  await page.reload();
  expect(await countIn(page, /共登录 ([\d,]+) 次/)).toBe(before + 1);
  expect(await countIn(page, /现在有 ([\d,]+) 人/)).toBe(people + 1);
  await expect(page.getByRole("listitem").filter({ hasText: "已不是在职员工" })).toBeVisible();
});

test("the page reads itself anew each 15 seconds, and rests while its reader is away", async ({
  page,
  openBrowser,
  dingtalk,
  employee,
}) => {
  await page.clock.install();
  await openOverview(page, dingtalk);
  const people = await countIn(page, /现在有 ([\d,]+) 人/);
  await enter(await openBrowser(), dingtalk, employee);
  await page.clock.runFor(15_000);
  await expect(finding(page, new RegExp(`现在有 ${people + 1} 人`))).toBeVisible();
  const reads: string[] = [];
  page.on("request", (request) => {
    const isRead = new URL(request.url()).pathname === "/admin" && !request.headers()["next-router-prefetch"];
    if (isRead) reads.push(request.url());
  });
  await page.clock.fastForward(15 * 60_000);
  await expect.poll(() => reads.length).toBe(1);
  await page.clock.runFor(10 * 60_000);
  expect(reads).toHaveLength(1);
  await page.mouse.move(200, 200);
  await page.clock.runFor(15_000);
  await expect.poll(() => reads.length).toBe(2);
});

async function countIn(page: Page, pattern: RegExp): Promise<number> {
  const label = await finding(page, pattern).getAttribute("aria-label");
  return Number(pattern.exec(label ?? "")?.[1]?.replaceAll(",", ""));
}

test("the table has the numbers of the bars", async ({ page, dingtalk }) => {
  await openOverview(page, dingtalk, "?days=7");
  await page.getByText("以表格查看").click();
  const rows = page.getByRole("row");
  await expect(rows).toHaveCount(8);
  const sums = await page.getByRole("cell").evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));
  const total = sums.filter((_sum, index) => index % 5 === 4).reduce((sum, count) => sum + count, 0);
  expect(total).toBe(await countIn(page, /共登录 ([\d,]+) 次/));
});

test("another span of days is one link away, and the address holds it", async ({ page, dingtalk }) => {
  await openOverview(page, dingtalk, "?days=nonsense");
  await expect(page.getByRole("link", { name: "14 天" })).toHaveAttribute("aria-current", "true");
  await page.getByRole("link", { name: "30 天" }).click();
  await expect(page).toHaveURL(/\/admin\?days=30$/);
  await expect(finding(page, /30 天共登录/)).toBeVisible();
});

test("what needs a person is named under the title, with the way there", async ({
  page,
  openBrowser,
  dingtalk,
  employee,
}) => {
  const [own, other] = [await openBrowser(), await openBrowser({ userAgent: userAgents.mac })];
  await enter(own, dingtalk, employee);
  const code = await dingtalk.mintCode({ kind: "auth", userid: employee.userid });
  await finishSignIn(other, { code, state: await startSignIn(other, "redirect") });
  const profile = await own.newPage();
  await profile.goto("/profile");
  await profile.getByRole("button", { name: "不是我，让它退出" }).click();
  await expect(profile.getByRole("button", { name: "不是我，让它退出" })).toHaveCount(0);
  await openOverview(page, dingtalk);
  await page.getByRole("link", { name: /件事要看/ }).click();
  const item = page.locator("#attention").getByRole("listitem").filter({ hasText: "被本人标为“不是我”" });
  await expect(item).toBeInViewport();
  await item.getByRole("link", { name: "看审计记录" }).click();
  await expect(page).toHaveURL(/kind=session_ended/);
  await expect(page.locator("details[data-event]").first()).toContainText(employee.name);
});

test("only the overview itself is marked in the navigation", async ({ page, dingtalk }) => {
  await openOverview(page, dingtalk);
  const current = page.getByRole("navigation").first().locator("[aria-current=page]");
  await expect(current).toHaveText("概览");
  await page.goto("/admin/employees");
  await expect(current).toHaveText("通讯录");
});

test("S28 the overview does not exist for an employee who is not an admin", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, lilei);
  expect((await context.request.get("/admin")).status()).toBe(404);
});

test("without scripts the overview shows everything, and is read again by a link", async ({
  openBrowser,
  dingtalk,
}) => {
  const page = await (await openBrowser({ javaScriptEnabled: false })).newPage();
  await openOverview(page, dingtalk, "?days=7");
  await expect(finding(page, /7 天共登录/)).toBeVisible();
  for (const name of ["每日登录", "现在登录着", "通讯录同步", "被拒绝的登录", "钉钉接口", "钉钉调用额度"])
    await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
  await page.getByText("以表格查看").click();
  await expect(page.getByRole("table")).toBeVisible();
  // Playwright never treats a noscript element as visible.
  expect(await page.content()).toContain('href="/admin?days=7"');
});
