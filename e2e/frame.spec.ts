import { type Page } from "@playwright/test";
import { expect, lilei, test } from "./fixtures";
import { expectProfileOf, frameOf, scan, signInByFrame, troubleOf } from "./sign-in";

test("an employee scans the QR code, confirms on the phone and is signed in", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByRole("heading", { level: 1, name: "用钉钉登录" })).toBeVisible();
  await expect(page.getByText("等待扫码")).toBeVisible();
  const phone = await scan(page, lilei);
  await expect(phone.getByRole("heading", { name: "登录确认" })).toBeVisible();
  await phone.getByRole("button", { name: "确认登录" }).click();
  await expect(phone.getByText("登录成功，请查看电脑")).toBeVisible();
  await expectProfileOf(page, lilei);
  await expect(page.getByText("扫钉钉二维码")).toBeVisible();
});

test("a browser that opens the app under another host name is redirected to the configured one", async ({
  page,
  world,
  consoleErrors,
}) => {
  consoleErrors.allow(/40[0-9]|ERR_/, "the browser reports the refused requests of the other host name");
  await page.goto(`${world.url.replace("localhost", "127.0.0.1")}/login?returnTo=%2Fsessions`);
  await expect(page).toHaveURL(`${world.url}/login?returnTo=%2Fsessions`);
  await expect(page.getByText("等待扫码")).toBeVisible();
});

test("an employee who cancels on the phone can scan again", async ({ page }) => {
  await page.goto("/login");
  const phone = await scan(page, lilei);
  await phone.getByRole("button", { name: "取消" }).click();
  await frameOf(page).getByRole("button", { name: "刷新二维码" }).click();
  const again = await scan(page, lilei);
  await again.getByRole("button", { name: "确认登录" }).click();
  await expectProfileOf(page, lilei);
});

test("an employee who is already logged in at DingTalk only consents in the frame", async ({ page }) => {
  await signInByFrame(page, lilei);
  await expectProfileOf(page, lilei);
  await page.context().clearCookies({ name: "session" });
  await page.goto("/login");
  await frameOf(page).getByRole("button", { name: "同意并登录" }).click();
  await expectProfileOf(page, lilei);
});

test("an account that DingTalk itself refuses sees the cause and can scan again", async ({ page, dingtalk }) => {
  await dingtalk.settings({ loginRefusesOutsiders: true });
  await signInByFrame(page, { userid: "out0001", name: "吴涛" });
  await expect(troubleOf(page)).toContainText("你不在这家公司里");
  await page.getByRole("button", { name: "再试一次" }).click();
  const phone = await scan(page, lilei);
  await phone.getByRole("button", { name: "确认登录" }).click();
  await expectProfileOf(page, lilei);
});

test("S22 of several messages from the frame only the one valid answer counts", async ({ page, dingtalk }) => {
  await dingtalk.settings({ frameNoise: ["foreign", "forged", "repeated"] });
  await signInByFrame(page, lilei);
  await expectProfileOf(page, lilei);
  expect(await dingtalk.calls("/v1.0/oauth2/userAccessToken")).toHaveLength(1);
});

test("S22 a message counts only from DingTalk's origin and from the frame itself", async ({ page, world }) => {
  const callbacks: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.startsWith("/api/auth/callback/")) callbacks.push(searchParams.get("code") ?? "");
  });
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  const login = world.dingtalk.url;
  for (const origin of [
    `${login}.evil.test`,
    login.replace(/\d$/, ""),
    login.replace("http:", "https:"),
    world.url,
    "null",
  ])
    await postAnswer(page, { origin, from: "frame", code: "look-alike" });
  await postAnswer(page, { origin: login, from: "page", code: "other-window" });
  await postAnswer(page, { origin: login, from: "nowhere", code: "no-window" });
  await postAnswer(page, { origin: login, from: "frame", code: "genuine" });
  await expect(page.getByRole("heading", { level: 1, name: "登录凭据已经用过" })).toBeVisible();
  expect(callbacks).toEqual(["genuine"]);
});

test("S22 each attempt listens to its own frame only: one listener after any number of attempts", async ({
  page,
  dingtalk,
}) => {
  await page.addInitScript(countMessageListeners);
  await dingtalk.settings({ loginRefusesOutsiders: true });
  await page.goto("/login");
  await expect(page.getByText("等待扫码")).toBeVisible();
  expect(await page.evaluate("window.messageListeners")).toBe(1);
  const phone = await scan(page, { userid: "out0001", name: "吴涛" });
  await phone.getByRole("button", { name: "确认登录" }).click();
  await expect(troubleOf(page)).toBeVisible();
  expect(await page.evaluate("window.messageListeners")).toBe(0);
  await page.getByRole("button", { name: "再试一次" }).click();
  await expect(page.getByText("等待扫码")).toBeVisible();
  expect(await page.evaluate("window.messageListeners")).toBe(1);
});

type Answer = { origin: string; from: "frame" | "page" | "nowhere"; code: string };

/** Dispatches a message like DingTalk's answer, with the right state, from the args origin and window. */
function postAnswer(page: Page, answer: Answer): Promise<void> {
  return page.evaluate(({ origin, from, code }) => {
    const frame = document.querySelector("iframe");
    const state = new URL(frame?.src ?? "").searchParams.get("state") ?? "";
    const query = new URLSearchParams({ code, authCode: code, state });
    const data = { success: true, redirectUrl: `${location.origin}/api/auth/callback/dingtalk?${query}` };
    const sources = { frame: frame?.contentWindow ?? null, page: window, nowhere: null };
    window.dispatchEvent(new MessageEvent("message", { origin, data, source: sources[from] }));
  }, answer);
}

/** Runs in the page. window.messageListeners is the number of active message listeners. */
function countMessageListeners(): void {
  const active = new Set<unknown>();
  const { addEventListener, removeEventListener } = window;
  Object.defineProperty(window, "messageListeners", { get: () => active.size });
  window.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    if (args[0] === "message") active.add(args[1]);
    addEventListener.apply(window, args);
  };
  window.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    if (args[0] === "message") active.delete(args[1]);
    removeEventListener.apply(window, args);
  };
}
