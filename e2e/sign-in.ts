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

/** DingTalk's login page in our frame. */
export function frameOf(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="钉钉登录二维码"]');
}

/** Scans DingTalk's QR code with an employee's phone in the sandbox. Returns the phone's page. */
export async function scan(page: Page, person: Employee): Promise<Page> {
  const opening = page.waitForEvent("popup");
  await frameOf(page).getByRole("link", { name: "用沙箱手机扫一扫" }).click();
  const phone = await opening;
  await phone.getByRole("button", { name: person.name, exact: true }).click();
  return phone;
}

/** The error in the QR panel. Next has its own empty alert outside the main element. */
export function troubleOf(page: Page): Locator {
  return page.getByRole("main").getByRole("alert");
}

export async function signInByFrame(page: Page, person: Employee, path = "/login"): Promise<void> {
  await page.goto(path);
  const phone = await scan(page, person);
  await phone.getByRole("button", { name: "确认登录" }).click();
}

/** Signs in on DingTalk's own page and returns from there. */
export async function signInByRedirect(page: Page, person: Employee, path = "/login"): Promise<void> {
  await page.goto(path);
  await openDingTalkLogin(page);
  await page.getByRole("button", { name: person.name, exact: true }).click();
  await page.getByRole("button", { name: "同意并登录" }).click();
}

export async function openDingTalkLogin(page: Page): Promise<void> {
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

/** Creates a session without a page, by the request that the page inside DingTalk sends. For tests that start signed in. */
export async function enter(context: BrowserContext, dingtalk: SandboxClient, person: Employee): Promise<void> {
  const code = await dingtalk.mintCode({ kind: "silent", userid: person.userid });
  const response = await postSilentCode(context, code);
  expect(response.status()).toBe(200);
}

export async function postSilentCode(context: BrowserContext, code: string): Promise<APIResponse> {
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  return context.request.post("/api/auth/callback/dingtalk-silent", {
    data: { csrfToken, code, callbackUrl: "/profile" },
  });
}

/** Starts a sign-in as the page's form or script does. Returns the OAuth state. */
export async function startSignIn(
  context: BrowserContext,
  method: "redirect" | "frame",
  returnTo = "/profile",
): Promise<string> {
  const response = await context.request.post("/login/start", { data: { method, returnTo }, maxRedirects: 0 });
  const url = method === "frame" ? (await response.json()).url : response.headers().location;
  return new URL(String(url)).searchParams.get("state") ?? "";
}

/** Sends the request with which DingTalk redirects the browser back. Returns the URL to which the app redirects. */
export async function finishSignIn(context: BrowserContext, query: Record<string, string>): Promise<URL> {
  const path = `/api/auth/callback/dingtalk?${new URLSearchParams(query)}`;
  const response = await context.request.get(path, { maxRedirects: 0 });
  expect(response.status()).toBe(302);
  return new URL(response.headers().location ?? "", response.url());
}

/** Requests a page to see whether this browser has a live session. */
export async function isSignedIn(context: BrowserContext): Promise<boolean> {
  const response = await context.request.get("/profile", { maxRedirects: 0 });
  return response.status() === 200;
}
