import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { expectReadable } from "./accessibility";
import { type Employee, expect, hanmeimei, lilei, test } from "./fixtures";
import { enter, postSilentCode } from "./sign-in";

/** The stream looks once a second; a busy machine has more time. */
const soon = { timeout: 20_000 };

async function openAudit(page: Page, dingtalk: SandboxClient, query = ""): Promise<void> {
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto(`/admin/audit${query}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** The rows that are about a person. */
const rowsOf = (page: Page, { name }: Employee) => page.locator("details[data-event]").filter({ hasText: name });

for (const [locale, query, shows] of [
  ["zh-CN", "", "登录了"],
  ["en-GB", "", "signed in"],
  ["zh-CN", "?reference=NOTFOUND", "没有符合的记录"],
  ["en-GB", "?reference=NOTFOUND", "No matching events"],
] as const)
  test(`the audit trail is accessible, with a row open: ${locale} ${query}`, async ({ openBrowser, dingtalk }) => {
    const page = await (await openBrowser({ locale, reducedMotion: "reduce" })).newPage();
    await openAudit(page, dingtalk, query);
    const rows = page.locator("details[data-event] > summary");
    if (await rows.count()) await rows.first().click();
    await expectReadable(page, page.getByText(shows).first());
  });

test("a sign-in elsewhere appears by itself", async ({ page, openBrowser, dingtalk, employee }) => {
  await openAudit(page, dingtalk);
  await expect(page.getByRole("switch", { name: "实时更新" })).toBeChecked();
  await enter(await openBrowser(), dingtalk, employee);
  await expect(rowsOf(page, employee).first()).toContainText("登录了", soon);
});

test("while a row is open, new ones wait until the reader asks for them", async ({
  page,
  openBrowser,
  dingtalk,
  employee,
}) => {
  await openAudit(page, dingtalk);
  await page.locator("details[data-event] > summary").first().click();
  await enter(await openBrowser(), dingtalk, employee);
  const waiting = page.getByRole("button", { name: "你正在看一条记录，先不往下推" });
  await expect(waiting).toBeVisible(soon);
  await expect(rowsOf(page, employee)).toHaveCount(0);
  await waiting.click();
  await expect(rowsOf(page, employee).first()).toBeVisible();
  await expect(page.locator("details[data-event][open]")).toHaveCount(1);
});

test("the switch turns new rows off, and the address remembers it", async ({ page, dingtalk }) => {
  const streams: string[] = [];
  page.on("request", (request) => request.url().includes("/api/admin/audit/events") && streams.push(request.url()));
  await openAudit(page, dingtalk);
  await expect.poll(() => streams.length).toBe(1);
  await page.getByRole("switch", { name: "实时更新" }).click();
  await expect(page).toHaveURL(/\/admin\/audit\?live=0$/);
  await expect(page.getByRole("switch", { name: "实时更新" })).not.toBeChecked();
  await page.getByLabel("事件").selectOption("signed_in");
  await page.getByRole("button", { name: "筛选" }).click();
  await expect(page).toHaveURL(/kind=signed_in.*live=0/);
  expect(streams).toHaveLength(1);
});

test("an admin finds a refusal by its reference, and all records of its person", async ({
  page,
  openBrowser,
  dingtalk,
  hire,
}) => {
  const person = await hire({ active: false });
  const code = await dingtalk.mintCode({ kind: "silent", userid: person.userid });
  expect((await postSilentCode(await openBrowser(), code)).status()).toBe(401);
  await openAudit(page, dingtalk);
  await page.getByLabel("人", { exact: true }).fill(person.userid);
  await page.getByLabel("结果").selectOption("refused");
  await page.getByRole("button", { name: "筛选" }).click();
  const row = page.locator("details[data-event]").first();
  await expect(row).toContainText("已不是在职员工");
  const reference = (await row.locator("summary code").innerText()).toLowerCase();
  await page.goto(`/admin/audit?${new URLSearchParams({ reference })}`);
  await expect(page.locator("details[data-event]")).toHaveCount(1);
  await page.locator("details[data-event] > summary").click();
  await expect(page.getByText("相符", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "的全部记录" }).first().click();
  await expect(page).toHaveURL(new RegExp(`/admin/audit\\?person=${person.userid}$`));
});

test("filters narrow by kind and time, and can be cleared", async ({ page, dingtalk }) => {
  await openAudit(page, dingtalk);
  await page.getByLabel("事件").selectOption("company_sessions_ended");
  await page.getByLabel("时间").selectOption("hour");
  await page.getByRole("button", { name: "筛选" }).click();
  await expect(page).toHaveURL(/kind=company_sessions_ended.*within=hour/);
  await expect(page.getByLabel("事件")).toHaveValue("company_sessions_ended");
  await page.getByRole("link", { name: "清除" }).click();
  await expect(page).toHaveURL(/\/admin\/audit\??$/);
  await expect(page.locator("details[data-event]").first()).toBeVisible();
});

test("the newest part of the chain is verified when an admin asks for it", async ({ page, dingtalk }) => {
  await openAudit(page, dingtalk);
  await page.getByRole("link", { name: "校验" }).click();
  await expect(page.getByText(/链条已校验到第 [\d,]+ 行/)).toBeVisible();
  await expect(page.getByRole("link", { name: "重新校验" })).toBeVisible();
});

for (const [button, format, begins] of [
  ["导出 CSV", "csv", "\ufeffat,kind,outcome"],
  ["导出 JSON Lines", "jsonl", '{"class_uid":'],
] as const)
  test(`S37 the trail is exported as ${format}, and the export is in the trail`, async ({ page, dingtalk }) => {
    await openAudit(page, dingtalk, "?kind=signed_in&live=0");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(new RegExp(`^audit-\\d{4}-\\d\\d-\\d\\d\\.${format}$`));
    const lines = readFileSync(await download.path(), "utf8");
    expect(lines.startsWith(begins)).toBe(true);
    expect(lines).toContain(hanmeimei.userid);
    await page.goto("/admin/audit?kind=audit_exported");
    await expect(page.locator("details[data-event]").first()).toContainText(`${format}, kind=signed_in`);
  });

test("S13 an export that another site asks for is refused", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, hanmeimei);
  const headers = { origin: "https://evil.test", "sec-fetch-site": "cross-site" };
  const response = await context.request.post("/admin/audit/export", { headers, form: { format: "csv" } });
  expect(response.status()).toBe(403);
});

test("S28 the audit trail does not exist for an employee who is not an admin", async ({ context, dingtalk }) => {
  await enter(context, dingtalk, lilei);
  for (const path of ["/admin/audit", "/api/admin/audit/events"])
    expect((await context.request.get(path)).status()).toBe(404);
  expect((await context.request.post("/admin/audit/export", { form: { format: "csv" } })).status()).toBe(404);
});

test("S31 the open page of an employee who is no admin any more says so by itself", async ({
  page,
  openBrowser,
  dingtalk,
  hire,
  consoleErrors,
}) => {
  consoleErrors.allow(/404/, "the page does not exist for them any more");
  const person = await hire({ admin: true });
  await enter(page.context(), dingtalk, person);
  await page.goto("/admin/audit");
  await expect(page.getByRole("heading", { level: 1, name: "审计" })).toBeVisible();
  await dingtalk.patchPerson(person.userid, { admin: false });
  // The record of the new sign-in says it.
  await enter(await openBrowser(), dingtalk, person);
  await expect(page.getByRole("heading", { level: 1, name: "页面不存在" })).toBeVisible(soon);
});

test("without scripts an admin filters, opens a row, goes to older events and exports", async ({
  openBrowser,
  dingtalk,
}) => {
  const context = await openBrowser({ javaScriptEnabled: false });
  await enter(context, dingtalk, hanmeimei);
  const page = await context.newPage();
  await page.goto("/admin/audit");
  await expect(page.getByRole("switch")).toBeHidden();
  await page.getByLabel("事件").selectOption("signed_in");
  await page.getByRole("button", { name: "筛选" }).click();
  await expect(page).toHaveURL(/kind=signed_in/);
  await page.locator("details[data-event] > summary").first().click();
  await expect(page.getByText("相符", { exact: true }).first()).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出 CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
});
