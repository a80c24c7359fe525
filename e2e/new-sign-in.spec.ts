import { type BrowserContext } from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { expectReadable } from "./accessibility";
import { type Employee, expect, test } from "./fixtures";
import { enter, expectProfileOf, expectSignInPage, finishSignIn, isSignedIn, startSignIn } from "./sign-in";

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const question = { name: "新的登录，是你吗？" };

/** Signs in with an auth code, as the redirect from DingTalk does. */
async function signIn(context: BrowserContext, dingtalk: SandboxClient, { userid }: Employee): Promise<void> {
  const code = await dingtalk.mintCode({ kind: "auth", userid });
  await finishSignIn(context, { code, state: await startSignIn(context, "redirect") });
}

test("S21 a sign-in on a new device is shown on the person's other device until they confirm it", async ({
  page,
  openBrowser,
  dingtalk,
  employee,
}) => {
  await enter(page.context(), dingtalk, employee);
  await page.goto("/profile");
  await expectProfileOf(page, employee);
  await expect(page.getByRole("region", question)).toHaveCount(0);
  const other = await openBrowser({ userAgent: firefox });
  await signIn(other, dingtalk, employee);
  await page.getByRole("link", { name: "登录设备" }).click();
  await expect(page.getByRole("region", question)).toContainText("Firefox 140 · Windows");
  await expectReadable(page, page.getByRole("region", question));
  const newPage = await other.newPage();
  await newPage.goto("/profile");
  await expectProfileOf(newPage, employee);
  await expect(newPage.getByRole("region", question)).toHaveCount(0);
  await page.getByRole("button", { name: "是我", exact: true }).click();
  await expect(page.getByRole("region", question)).toHaveCount(0);
  await page.goto("/profile");
  await expectProfileOf(page, employee);
  await expect(page.getByRole("region", question)).toHaveCount(0);
  expect(await isSignedIn(other)).toBe(true);
});

test("S21 the person signs out a device that they do not know, also without scripts", async ({
  openBrowser,
  dingtalk,
  employee,
}) => {
  const [own, other] = [await openBrowser({ javaScriptEnabled: false }), await openBrowser({ userAgent: firefox })];
  await enter(own, dingtalk, employee);
  await signIn(other, dingtalk, employee);
  const page = await own.newPage();
  await page.goto("/profile");
  await page.getByRole("button", { name: "不是我，让它退出" }).click();
  await expect(page.getByRole("region", question)).toHaveCount(0);
  expect(await isSignedIn(own)).toBe(true);
  const otherPage = await other.newPage();
  await otherPage.goto("/profile");
  await expectSignInPage(otherPage);
});
