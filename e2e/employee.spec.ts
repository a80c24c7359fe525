import { type Page } from "@playwright/test";
import { expectReadable } from "./accessibility";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import { enter, isSignedIn, postSilentCode } from "./sign-in";

const boss = { userid: "user0011", name: "刘建国", mobile: "13800000011" };

function card(page: Page, title: string | RegExp) {
  return page
    .getByRole("main")
    .locator("section")
    .filter({ has: page.getByRole("heading", { level: 2, name: title }) });
}

test("an admin goes from an employee to the manager and from there to the reports", async ({
  page,
  openBrowser,
  dingtalk,
}) => {
  await enter(await openBrowser(), dingtalk, lilei);
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto(`/admin/employees/${lilei.userid}`);
  await page.getByRole("link", { name: hanmeimei.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: hanmeimei.name })).toBeVisible();
  const reports = card(page, /^直接下属 · \d+ 人$/);
  await reports.getByRole("link", { name: lilei.name }).click();
  await expect(page.getByRole("heading", { level: 1, name: lilei.name })).toBeVisible();
  await expect(card(page, /直接下属/)).toHaveCount(0);
});

test("the history names the method, the device, how a session ended, and the reason of a refusal", async ({
  page,
  openBrowser,
  dingtalk,
  employee,
}) => {
  const theirs = await openBrowser();
  await enter(theirs, dingtalk, employee);
  const left = await theirs.newPage();
  await left.goto("/profile");
  await left.getByRole("button", { name: "退出" }).click();
  await expect(left).toHaveURL(/\/login/);
  await dingtalk.patchPerson(employee.userid, { active: false });
  // The sign-in of a known employee does not wait for their record, which then ends it; the next one is refused.
  await enter(theirs, dingtalk, employee);
  await expect.poll(() => isSignedIn(theirs)).toBe(false);
  const code = await dingtalk.mintCode({ kind: "silent", userid: employee.userid });
  expect((await postSilentCode(theirs, code)).status()).toBe(401);
  await dingtalk.patchPerson(employee.userid, { active: true });
  await enter(theirs, dingtalk, employee);
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto(`/admin/employees/${employee.userid}`);
  const entries = card(page, "登录记录").getByRole("listitem");
  await expect(entries).toHaveCount(4);
  await expect(entries.nth(0)).toContainText("登录中");
  await expect(entries.nth(0)).toContainText("在钉钉内自动登录");
  await expect(entries.nth(1)).toContainText("登录被拒绝 已不是在职员工");
  await expect(entries.nth(1)).toContainText(/编号 [2-9A-Z]{8}/);
  await expect(entries.nth(2)).toContainText("离职或账号停用");
  await expect(entries.nth(3)).toContainText("本人退出");
  await expect(page.getByText("已结束的登录保留 90 天，被拒绝的登录保留 365 天。")).toBeVisible();
});

test("the history has pages in the address bar, also without scripts", async ({ openBrowser, dingtalk, employee }) => {
  const theirs = await openBrowser();
  for (let times = 0; times < 23; times += 1) await enter(theirs, dingtalk, employee);
  const admin = await openBrowser({ javaScriptEnabled: false });
  await enter(admin, dingtalk, hanmeimei);
  const page = await admin.newPage();
  await page.goto(`/admin/employees/${employee.userid}`);
  const entries = card(page, "登录记录").getByRole("listitem");
  await expect(entries).toHaveCount(20);
  await expect(entries.nth(1)).toContainText("同一浏览器又登录了一次");
  await page.getByRole("link", { name: "更早的记录" }).click();
  await expect(page).toHaveURL(/\?history=[\w-]+#history$/);
  await expect(entries).toHaveCount(3);
  await expect(page.getByRole("link", { name: "更早的记录" })).toHaveCount(0);
  await page.getByRole("link", { name: "回到最新" }).click();
  await expect(entries).toHaveCount(20);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with scripts" : "without scripts";

  test(`S25 an admin signs out one device of an employee, ${how}`, async ({ openBrowser, dingtalk, employee }) => {
    const [one, other, admin] = [await openBrowser(), await openBrowser(), await openBrowser({ javaScriptEnabled })];
    await enter(one, dingtalk, employee);
    await enter(other, dingtalk, employee);
    await enter(admin, dingtalk, hanmeimei);
    const page = await admin.newPage();
    await page.goto(`/admin/employees/${employee.userid}`);
    const buttons = page.getByRole("button", { name: `退出${employee.name}的` });
    await expect(buttons).toHaveCount(2);
    await buttons.first().click();
    await expect(page.getByText("已退出 1 台设备。")).toBeVisible();
    await expect(buttons).toHaveCount(1);
    expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(one)).toBe(true);
    await expect(card(page, "登录记录")).toContainText("管理员让它退出");
  });

  test(`S29 S37 a hidden mobile number is masked, and one tap shows it once, ${how}`, async ({
    openBrowser,
    dingtalk,
  }) => {
    const admin = await openBrowser({ javaScriptEnabled });
    await enter(admin, dingtalk, hanmeimei);
    const path = `/admin/employees/${boss.userid}`;
    const page = await admin.newPage();
    await page.goto(path);
    await expect(page.getByRole("main")).toContainText("+86 138 **** 0011 · 对同事隐藏");
    for (const accept of ["text/html", "text/x-component"]) {
      const headers = { accept, ...(accept === "text/x-component" && { RSC: "1" }) };
      const text = await (await admin.request.get(path, { headers })).text();
      expect(text).toContain("138 **** 0011");
      expect(text).not.toMatch(/13800000011|138 0000 0011/);
    }
    await page.getByRole("button", { name: `显示${boss.name}的手机号` }).click();
    await expect(page.getByRole("main")).toContainText("+86 138 0000 0011");
    await expect(page.getByText("已记入审计，只显示这一次")).toBeVisible();
    expect(page.url()).not.toContain("138");
    await page.reload();
    await expect(page.getByRole("main")).toContainText("+86 138 **** 0011");
    await expect(page.getByText("138 0000 0011")).toHaveCount(0);
  });

  test(`asking DingTalk again says what changed, and when it does not answer, ${how}`, async ({
    openBrowser,
    dingtalk,
    hire,
  }) => {
    const person = await hire({ title: "实习生", departments: [{ id: 101 }] });
    const admin = await openBrowser({ javaScriptEnabled });
    await enter(admin, dingtalk, hanmeimei);
    const page = await admin.newPage();
    await page.goto(`/admin/employees/${person.userid}`);
    await expect(card(page, "钉钉里的资料")).toContainText("第一次读取");
    await dingtalk.patchPerson(person.userid, { title: "工程师", departments: [{ id: 201 }] });
    const again = page.getByRole("button", { name: "重新向钉钉读取" });
    await again.click();
    await expect(page.getByText("已重新读取。有变化：职位、部门。")).toBeVisible();
    await expect(page.getByRole("main")).toContainText("工程师");
    await expect(page.getByRole("main")).toContainText("品牌部");
    await again.click();
    await expect(page.getByText("已重新读取，和之前一样。")).toBeVisible();
    await dingtalk.fault({ path: "/topapi/v2/user/get", times: 20, fault: { kind: "status", status: 500 } });
    await again.click();
    await expect(page.getByText("钉钉没有回应，显示的还是之前的资料。")).toBeVisible();
    await dingtalk.clearFaults();
  });
}

test("S28 no action of an employee's page has an effect for anyone but an admin", async ({
  page,
  openBrowser,
  dingtalk,
}) => {
  const employee = await openBrowser();
  await enter(employee, dingtalk, lilei);
  await enter(page.context(), dingtalk, hanmeimei);
  const path = `/admin/employees/${boss.userid}`;
  await page.goto(path);
  const sending = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: `显示${boss.name}的手机号` }).click();
  const sent = await sending;
  await expect(page.getByText("138 0000 0011")).toBeVisible();
  const all = await sent.allHeaders();
  const headers = { "next-action": all["next-action"] ?? "", "content-type": all["content-type"] ?? "" };
  const answer = await employee.request.post(path, { headers, data: sent.postDataBuffer() ?? Buffer.alloc(0) });
  expect(await answer.text()).not.toMatch(/13800000011|138 0000 0011/);
  expect(answer.headers()["set-cookie"] ?? "").not.toContain("shown-mobile");
});

for (const locale of ["zh-CN", "en-GB"]) {
  test(`an employee's page with everything on it is accessible in ${locale}`, async ({ openBrowser, dingtalk }) => {
    const context = await openBrowser({ reducedMotion: "reduce", locale });
    await enter(context, dingtalk, hanmeimei);
    const page = await context.newPage();
    await page.goto(`/admin/employees/${lilei.userid}`);
    await page.goto(`/admin/employees/${boss.userid}?asked=title.mobile`);
    await expectReadable(page, page.getByText(/138 \*{4} 0011/));
    await page.goto(`/admin/employees/${hanmeimei.userid}`);
    await expectReadable(page, page.getByText(/直接下属|Direct reports/));
  });
}
