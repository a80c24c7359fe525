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

/** A ticket as its desktop knows it: the path in the QR code and the number to type on the phone. */
export type Ticket = { id: string; path: string; number: string };

const openedTicket = z.object({ id: z.string(), address: z.url(), number: z.string() });

function readTicket(body: unknown): Ticket {
  const { id, address, number } = openedTicket.parse(body);
  return { id, path: new URL(address).pathname, number };
}

/** The app's own QR code on a desktop's page. */
export function ticketQr(page: Page): Locator {
  return page.getByRole("img", { name: "登录二维码", exact: true });
}

/** Resolves with the next ticket that the page opens. */
export function nextTicket(page: Page): Promise<Ticket> {
  const isOpening = (response: Response) =>
    new URL(response.url()).pathname === "/api/tickets" && response.request().method() === "POST";
  return page.waitForResponse(isOpening).then(async (response) => readTicket(await response.json()));
}

/** Opens the sign-in page and switches from DingTalk's QR code to the app's own. */
export async function showTicket(page: Page, path = "/login"): Promise<Ticket> {
  await page.goto(path);
  await expect(page.getByText("等待扫码")).toBeVisible();
  const next = nextTicket(page);
  await page.getByRole("button", { name: "换用本应用的二维码" }).click();
  const ticket = await next;
  await expect(ticketQr(page)).toBeVisible();
  return ticket;
}

/** Opens a ticket without a page, for tests of the API. */
export async function openTicket(desktop: BrowserContext): Promise<Ticket> {
  const response = await desktop.request.post("/api/tickets");
  expect(response.status()).toBe(201);
  return readTicket(await response.json());
}

/** Sends the request that a desktop's page sends for an approved ticket. */
export async function redeemTicket(desktop: BrowserContext, { id }: Ticket): Promise<APIResponse> {
  const { csrfToken } = await (await desktop.request.get("/api/auth/csrf")).json();
  return desktop.request.post("/api/auth/callback/dingtalk-ticket", {
    data: { csrfToken, ticket: id, callbackUrl: "/profile" },
  });
}

/** Scans the code with DingTalk, where the employee signs in silently. */
export async function scanTicket({ page }: Pick<Phone, "page">, ticket: Ticket): Promise<void> {
  await page.goto(ticket.path);
  await expectOnPhone({ page }, "让这台电脑登录吗？");
}

export function numberField(page: Page): Locator {
  return page.getByRole("textbox", { name: "输入电脑上显示的两位数字" });
}

export async function approve({ page }: Pick<Phone, "page">, number: string): Promise<void> {
  await numberField(page).fill(number);
  await page.getByRole("button", { name: "允许登录" }).click();
}

/** Scans the code, types the number and approves. */
export async function scanAndApprove(phone: Pick<Phone, "page">, ticket: Ticket): Promise<void> {
  await scanTicket(phone, ticket);
  await approve(phone, ticket.number);
  await expectOnPhone(phone, "已允许登录");
}

/** The main heading of a page on the phone. */
export function headingOf({ page }: Pick<Phone, "page">, name: string): Locator {
  return page.getByRole("heading", { level: 1, name });
}

export async function expectOnPhone(phone: Pick<Phone, "page">, heading: string): Promise<void> {
  await expect(headingOf(phone, heading)).toBeVisible();
}

/** The error that the desktop shows in place of the code. Next has its own alert on every page. */
export function troubleWith(page: Page, says: string | RegExp): Locator {
  return page.getByRole("alert").filter({ hasText: says });
}

export async function expectTrouble(page: Page, says: string | RegExp): Promise<void> {
  await expect(troubleWith(page, says)).toBeVisible();
}

/** Requests the state of a ticket from the browser that opened it. */
export async function ticketState(desktop: BrowserContext, { id }: Ticket): Promise<unknown> {
  return (await (await desktop.request.get(`/api/tickets/${id}`)).json()).state;
}
