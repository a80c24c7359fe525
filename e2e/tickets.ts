import {
  type APIResponse,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
  type Response,
} from "@playwright/test";
import { z } from "zod";
import { type Phone } from "./fixtures";

/** A ticket as its desktop knows it: what the QR holds, and the number to type on the phone. */
export type Ticket = { id: string; path: string; number: string };

const opened = z.object({ id: z.string(), address: z.url(), number: z.string() });

function readTicket(body: unknown): Ticket {
  const { id, address, number } = opened.parse(body);
  return { id, path: new URL(address).pathname, number };
}

/** The app's own QR on a desktop's page. */
export function codeOn(page: Page): Locator {
  return page.getByRole("img", { name: "登录二维码", exact: true });
}

/** What a camera in front of the page would read: the ticket whose code is drawn next. */
export function nextTicket(page: Page): Promise<Ticket> {
  const isOpening = (answer: Response) =>
    new URL(answer.url()).pathname === "/api/tickets" && answer.request().method() === "POST";
  return page.waitForResponse(isOpening).then(async (answer) => readTicket(await answer.json()));
}

/** Opens the sign-in page and asks it for the app's own code instead of DingTalk's. */
export async function showTicket(page: Page, path = "/login"): Promise<Ticket> {
  await page.goto(path);
  await expect(page.getByText("等待扫码")).toBeVisible();
  const next = nextTicket(page);
  await page.getByRole("button", { name: "换用本应用的二维码" }).click();
  const ticket = await next;
  await expect(codeOn(page)).toBeVisible();
  return ticket;
}

/** The same without a page, for tests of what the addresses themselves allow. */
export async function openTicket(desktop: BrowserContext): Promise<Ticket> {
  const answer = await desktop.request.post("/api/tickets");
  expect(answer.status()).toBe(201);
  return readTicket(await answer.json());
}

/** What a desktop's page does with an approved ticket. */
export async function redeem(desktop: BrowserContext, { id }: Ticket): Promise<APIResponse> {
  const { csrfToken } = await (await desktop.request.get("/api/auth/csrf")).json();
  return desktop.request.post("/api/auth/callback/dingtalk-ticket", {
    data: { csrfToken, ticket: id, callbackUrl: "/profile" },
  });
}

/** Scans the code with DingTalk, which says who is there without being asked. */
export async function scanWith({ page }: Pick<Phone, "page">, ticket: Ticket): Promise<void> {
  await page.goto(ticket.path);
  await expectOnPhone({ page }, "让这台电脑登录吗？");
}

export function numberField(page: Page): Locator {
  return page.getByRole("textbox", { name: "输入电脑上显示的两位数字" });
}

export async function allow({ page }: Pick<Phone, "page">, number: string): Promise<void> {
  await numberField(page).fill(number);
  await page.getByRole("button", { name: "允许登录" }).click();
}

/** Scans and allows, as one does who sits in front of the desktop. */
export async function approve(phone: Pick<Phone, "page">, ticket: Ticket): Promise<void> {
  await scanWith(phone, ticket);
  await allow(phone, ticket.number);
  await expectOnPhone(phone, "已允许登录");
}

/** What a page on the phone says first. */
export function headingOf({ page }: Pick<Phone, "page">, name: string): Locator {
  return page.getByRole("heading", { level: 1, name });
}

export async function expectOnPhone(phone: Pick<Phone, "page">, heading: string): Promise<void> {
  await expect(headingOf(phone, heading)).toBeVisible();
}

/** What the desktop says went wrong, in place of the code. Next keeps an alert of its own on every page. */
export function troubleWith(page: Page, says: string | RegExp): Locator {
  return page.getByRole("alert").filter({ hasText: says });
}

export async function expectTrouble(page: Page, says: string | RegExp): Promise<void> {
  await expect(troubleWith(page, says)).toBeVisible();
}

/** How a ticket stands, asked by the browser that opened it. */
export async function stateOf(desktop: BrowserContext, { id }: Ticket): Promise<unknown> {
  return (await (await desktop.request.get(`/api/tickets/${id}`)).json()).state;
}
