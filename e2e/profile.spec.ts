import { expect, lilei, test } from "./fixtures";
import { enter } from "./sign-in";

test("an employee sees their whole DingTalk record", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, lilei);
  await page.goto("/profile");
  await expect(page.getByRole("heading", { level: 1, name: "李雷" })).toBeVisible();
  await expect(page.getByRole("main")).toContainText("研发工程师 · 工号 E1001");
  for (const fact of [
    "在职",
    "平台研发部",
    "星河科技 / 技术中心 / 平台研发部",
    "应急小组",
    "韩梅梅",
    "杭州",
    "2020",
    "普通员工",
  ])
    await expect(page.getByRole("main")).toContainText(fact);
  for (const fact of ["138 0000 0001", "010-86123456-2345", "lilei@xinghe.example", "lilei@example.com", "user0001"])
    await expect(page.getByRole("main")).toContainText(fact);
  await expect(page.getByRole("heading", { level: 2, name: "本次登录" })).toBeVisible();
});

test("S11 the profile does not show the private email of the DingTalk account", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, lilei);
  await page.goto("/profile");
  await expect(page.getByText("lilei@example.com")).toBeVisible();
  await expect(page.getByText("former-employer")).toHaveCount(0);
});

test("missing values are shown as missing, never as undefined", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, { userid: "user0006", name: "孙悦" });
  await page.goto("/profile");
  await expect(page.getByRole("heading", { level: 1, name: "孙悦" })).toBeVisible();
  await expect(page.getByText("未填写").first()).toBeVisible();
  const text = await page.getByRole("main").innerText();
  expect(text).not.toMatch(/undefined|null|NaN|Invalid|\[object/);
});

const marks = [
  { userid: "user0002", name: "韩梅梅", marks: ["管理员", "高管", "部门主管"] },
  { userid: "user0011", name: "刘建国", marks: ["老板", "高管", "部门主管"] },
];

for (const { marks: expected, ...person } of marks) {
  test(`${person.name} has the badges ${expected.join(", ")}`, async ({ page, dingtalk }) => {
    await enter(page.context(), dingtalk, person);
    await page.goto("/profile");
    for (const mark of expected) await expect(page.getByText(mark, { exact: true }).first()).toBeVisible();
  });
}

test("an ordinary employee has no badge", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, lilei);
  await page.goto("/profile");
  for (const mark of ["管理员", "老板", "高管", "部门主管"])
    await expect(page.getByText(mark, { exact: true })).toHaveCount(0);
});

test("a foreign phone number is shown with its country code", async ({ page, dingtalk }) => {
  await enter(page.context(), dingtalk, { userid: "user0017", name: "Emily Carter" });
  await page.goto("/profile");
  await expect(page.getByRole("main")).toContainText(/\+1\s?2025550117|\+1 202/);
});

test("three departments and a very long title fit on a phone", async ({ openBrowser, dingtalk }) => {
  const context = await openBrowser({ viewport: { width: 360, height: 740 } });
  await enter(context, dingtalk, { userid: "user0018", name: "欧阳若兰" });
  const page = await context.newPage();
  await page.goto("/profile");
  for (const department of ["平台研发部", "质量保障部", "品牌部"])
    await expect(page.getByRole("main")).toContainText(department);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

for (const [userid, name] of [
  ["user0015", "高翔"],
  ["user0014", "何静"],
  ["user0012", "杨雪"],
] as const) {
  test(`the unusual record of ${name} is shown`, async ({ page, dingtalk }) => {
    await enter(page.context(), dingtalk, { userid, name });
    await page.goto("/profile");
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  });
}

test("a change in DingTalk is visible after the next sign-in", async ({ page, dingtalk, hire }) => {
  const person = await hire({ title: "实习生" });
  await enter(page.context(), dingtalk, person);
  await page.goto("/profile");
  await expect(page.getByRole("main")).toContainText("实习生");
  await dingtalk.patchPerson(person.userid, { title: "工程师" });
  await enter(page.context(), dingtalk, person);
  await expect(async () => {
    await page.goto("/profile");
    await expect(page.getByRole("main")).toContainText("工程师", { timeout: 500 });
  }).toPass();
});
