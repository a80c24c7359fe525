import { userAgents } from "../sandbox/user-agents";
import { expectReadable } from "./accessibility";
import { expect, hanmeimei, lilei, test } from "./fixtures";
import { enter, expectProfileOf, expectSignInPage, openDingTalkLogin, troubleOf } from "./sign-in";

const phone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

type State = { as?: typeof lilei; path: string; userAgent?: string; shows: [chinese: string, english: string] };

const reference = "AB12-CD34";
const windows = `${userAgents.windows} language/zh-Hans-CN`;

/** Pages and their states: the viewer, the path, the user agent and a text that the page shows. */
const states: Record<string, State> = {
  "the sign-in page on a desktop": { path: "/login", shows: ["等待扫码", "Waiting for a scan"] },
  "the sign-in page on a phone": {
    path: "/login",
    userAgent: phone,
    shows: ["用另一台手机扫码", "Scan with another phone"],
  },
  "a refusal on a desktop": {
    path: `/login?error=permission_missing&reference=${reference}`,
    shows: [reference, reference],
  },
  "a refusal on a phone": {
    path: `/login?error=outsider&reference=${reference}`,
    userAgent: phone,
    shows: [reference, reference],
  },
  "a refusal inside DingTalk": {
    path: `/login?error=leaver&reference=${reference}`,
    userAgent: userAgents.android,
    shows: [reference, reference],
  },
  "silent sign-in that found no bridge": {
    path: "/login",
    userAgent: windows,
    shows: ["没有连上钉钉", "DingTalk was not found"],
  },
  "a page opened for another company": {
    path: "/login?corpId=dingother",
    userAgent: userAgents.ios,
    shows: ["这个应用属于另一家公司", "This app belongs to another company"],
  },
  "a profile": { as: lilei, path: "/profile", shows: ["本次登录", "This session"] },
  "a sparse profile": {
    as: { userid: "user0006", name: "孙悦" },
    path: "/profile",
    shows: ["未填写", "Not filled in"],
  },
  "an employee's own devices": { as: lilei, path: "/sessions", shows: ["登录设备", "Signed-in devices"] },
  "the directory": { as: hanmeimei, path: "/admin/employees", shows: ["最近登录", "Last sign-in"] },
  "the directory with filters that find no one": {
    as: hanmeimei,
    path: "/admin/employees?state=inactive&signedIn=never&sort=name",
    shows: ["去掉所有条件", "Remove all filters"],
  },
  "a search without a match": {
    as: hanmeimei,
    path: "/admin/employees?search=no-match",
    shows: ["没有找到“no-match”", "Nothing found for “no-match”"],
  },
  "an employee's page": {
    as: hanmeimei,
    path: "/admin/employees/user0002",
    shows: ["登录中的设备", "Signed-in devices"],
  },
  "the overview": { as: hanmeimei, path: "/admin", shows: ["被拒绝的登录", "Refused sign-ins"] },
  "the company's sessions": {
    as: hanmeimei,
    path: "/admin/sessions",
    shows: ["退出全公司的登录", "Sign out the whole company"],
  },
  "the form that signs everyone out": {
    as: hanmeimei,
    path: "/admin/sessions?mismatch=1",
    shows: ["退出所有人", "Sign everyone out"],
  },
  "the page that asks an admin to sign in again": {
    path: "/login?again=1",
    shows: ["请再登录一次", "Please sign in again"],
  },
  "an unknown employee": {
    as: hanmeimei,
    path: "/admin/employees/unknown-user",
    shows: ["没有这位员工", "Employee not found"],
  },
  "a missing page": { path: "/no-such-page", shows: ["页面不存在", "Page not found"] },
};

for (const [index, language] of ["zh-CN", "en"].entries())
  for (const [name, { as, path, userAgent, shows }] of Object.entries(states))
    test(`${name} is accessible, in both themes, on narrow and wide screens: ${language}`, async ({
      openBrowser,
      dingtalk,
      consoleErrors,
    }) => {
      consoleErrors.allow(/404/, "the browser reports the status of a missing page");
      const agent = userAgent?.replace(/(?<=language\/)[\w-]+/, language);
      const options = { locale: language, reducedMotion: "reduce", ...(agent && { userAgent: agent }) } as const;
      const context = await openBrowser(options);
      if (as) await enter(context, dingtalk, as);
      const page = await context.newPage();
      await page.goto(path);
      await expectReadable(page, page.getByText(shows[index] ?? "").first());
    });

test("the page after signing out is accessible", async ({ openBrowser, dingtalk }) => {
  const context = await openBrowser({ reducedMotion: "reduce" });
  await enter(context, dingtalk, lilei);
  const page = await context.newPage();
  await page.goto("/profile");
  await page.getByRole("button", { name: "退出" }).click();
  await expectReadable(page, page.getByRole("heading", { level: 1, name: "你已退出登录" }));
});

test("the message that DingTalk is unreachable is accessible", async ({ openBrowser, dingtalk, consoleErrors }) => {
  consoleErrors.allow(/ERR_/, "the browser reports the connections that DingTalk resets");
  await dingtalk.fault({ path: "/oauth2/*", times: 1000, fault: { kind: "reset" } });
  const page = await (await openBrowser({ reducedMotion: "reduce" })).newPage();
  await page.goto("/login");
  await page.getByRole("button", { name: "换用钉钉官方二维码" }).click();
  await expectReadable(page, troubleOf(page));
});

test("a browser with English as its language gets English pages", async ({ openBrowser, dingtalk }) => {
  const context = await openBrowser({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto("/login");
  await expect(page.getByRole("heading", { level: 1, name: "Sign in with DingTalk" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByText("Waiting for a scan")).toBeVisible();
  await enter(context, dingtalk, lilei);
  await page.goto("/profile");
  await expect(page.getByRole("heading", { level: 2, name: "DingTalk identity" })).toBeVisible();
});

test("a browser with an unsupported language gets Chinese pages", async ({ openBrowser }) => {
  const page = await (await openBrowser({ locale: "fr-FR" })).newPage();
  await page.goto("/login");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
});

test("inside DingTalk the language of the client decides", async ({ openBrowser }) => {
  const userAgent = userAgents.ios.replace("language/zh-Hans-CN", "language/en");
  const page = await (await openBrowser({ userAgent, locale: "zh-CN" })).newPage();
  await page.goto("/login?error=denied");
  await expect(page.getByRole("heading", { level: 1, name: "You chose not to sign in" })).toBeVisible();
});

test("a chosen language stays, and so does the page", async ({ page, dingtalk }) => {
  await page.goto("/login?error=denied&reference=AB12-CD34");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page).toHaveURL(/\/login\?error=denied&reference=AB12-CD34$/);
  await expect(page.getByText("Reference AB12-CD34")).toBeVisible();
  await enter(page.context(), dingtalk, hanmeimei);
  await page.goto("/admin/employees?search=han");
  await expect(page.getByRole("heading", { level: 1, name: "Directory" })).toBeVisible();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page).toHaveURL(/\/admin\/employees\?search=han$/);
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
});

test("without scripts an employee signs in by the button and can use every page", async ({ openBrowser }) => {
  const page = await (await openBrowser({ javaScriptEnabled: false })).newPage();
  await page.goto("/admin/employees");
  // Playwright never treats a noscript element as visible.
  expect(await page.content()).toContain("浏览器没有运行脚本");
  await expect(page.getByRole("button", { name: "换用本应用的二维码" })).toBeHidden();
  await openDingTalkLogin(page);
  await page.getByRole("button", { name: hanmeimei.name, exact: true }).click();
  await page.getByRole("button", { name: "同意并登录" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "通讯录" })).toBeVisible();
  await page.getByRole("button", { name: "退出" }).click();
  await expectSignInPage(page);
});

test("an employee can sign in by keyboard alone", async ({ page }) => {
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  const button = page.getByRole("button", { name: "在本窗口登录钉钉" });
  for (let presses = 0; presses < 15; presses += 1) {
    if (await button.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: lilei.name, exact: true }).press("Enter");
  await page.getByRole("button", { name: "同意并登录" }).press("Enter");
  await expectProfileOf(page, lilei);
});
