import {
  type APIResponse,
  type BrowserContext,
  expect,
  type FrameLocator,
  type Locator,
  type Page,
} from "@playwright/test";
import { type SandboxClient } from "../sandbox/control-client";
import { type Employee } from "./fixtures";

/** DingTalk's own page in our page. */
export function frameOf(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="钉钉登录二维码"]');
}

/** Scans the QR of a page with the sandbox's phone, held by somebody. */
export async function scan(page: Page, person: Employee): Promise<Page> {
  const opening = page.waitForEvent("popup");
  await frameOf(page).getByRole("link", { name: "用沙箱手机扫一扫" }).click();
  const phone = await opening;
  await phone.getByRole("button", { name: person.name, exact: true }).click();
  return phone;
}

/** What the panel says went wrong; Next has an empty alert of its own outside. */
export function troubleOf(page: Page): Locator {
  return page.getByRole("main").getByRole("alert");
}

export async function signInByFrame(page: Page, person: Employee, path = "/login"): Promise<void> {
  await page.goto(path);
  const phone = await scan(page, person);
  await phone.getByRole("button", { name: "确认登录" }).click();
}

/** Leaves for DingTalk's own page and comes back from there. */
export async function signInByRedirect(page: Page, person: Employee, path = "/login"): Promise<void> {
  await page.goto(path);
  await leaveForDingTalk(page);
  await page.getByRole("button", { name: person.name, exact: true }).click();
  await page.getByRole("button", { name: "同意并登录" }).click();
}

export async function leaveForDingTalk(page: Page): Promise<void> {
  await page.getByRole("button", { name: "在本窗口登录钉钉" }).click();
}

export async function expectProfileOf(page: Page, person: Employee): Promise<void> {
  await expect(page).toHaveURL(/\/profile$/);
  await expect(page.getByRole("heading", { level: 1, name: person.name })).toBeVisible();
}

export async function expectSignInPage(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByRole("button", { name: "在本窗口登录钉钉" })).toBeVisible();
}

/** The quickest way to a session, for tests that begin behind it: what the page inside DingTalk does, without the page. */
export async function enter(context: BrowserContext, dingtalk: SandboxClient, person: Employee): Promise<void> {
  const code = await dingtalk.mintCode({ kind: "silent", userid: person.userid });
  const answer = await postSilentCode(context, code);
  expect(answer.status()).toBe(200);
}

export async function postSilentCode(context: BrowserContext, code: string): Promise<APIResponse> {
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  return context.request.post("/api/auth/callback/dingtalk-silent", {
    data: { csrfToken, code, callbackUrl: "/profile" },
  });
}

/** Begins a sign-in as the page's form or script does; answers the state that DingTalk will hand back. */
export async function begin(
  context: BrowserContext,
  method: "redirect" | "frame",
  returnTo = "/profile",
): Promise<string> {
  const answer = await context.request.post("/login/start", { data: { method, returnTo }, maxRedirects: 0 });
  const address = method === "frame" ? (await answer.json()).url : answer.headers().location;
  return new URL(String(address)).searchParams.get("state") ?? "";
}

export type Return = Record<string, string>;

/** DingTalk sends the browser back with this. Answers where the app sends it on to. */
export async function comeBack(
  context: BrowserContext,
  query: Return,
  provider: "dingtalk" | "dingtalk-frame" = "dingtalk",
): Promise<URL> {
  const path = `/api/auth/callback/${provider}?${new URLSearchParams(query)}`;
  const answer = await context.request.get(path, { maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  return new URL(answer.headers().location ?? "", answer.url());
}

/** Whether this browser is somebody's, asked of a page as any visit asks it. */
export async function isIn(context: BrowserContext): Promise<boolean> {
  const answer = await context.request.get("/profile", { maxRedirects: 0 });
  return answer.status() === 200;
}
