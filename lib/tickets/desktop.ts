import { and, eq, sql } from "drizzle-orm";
import { db } from "../db/client";
import { employees, tickets } from "../db/schema";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { readRow } from "../employees/store";
import { type ClientInfo } from "../http/client-info";
import { hashSecret } from "../secrets";
import { isOver, type TicketState } from "./lifecycle";
import { moveTicket } from "./move";

/** A ticket as the desktop that opened it may see it. */
export type TicketView = {
  state: TicketState;
  secondsLeft: number;
  scannedBy: { name: string; avatarUrl: string | null } | null;
};

/** Both credentials of a ticket: what the QR shows and what only the browser that opened it has. */
export type TicketCredentials = { id: string; secret: string };

/** How the ticket stands; null unless the caller has both credentials. (S16) */
export async function viewTicket({ id, secret }: TicketCredentials): Promise<TicketView | null> {
  const handle = await db();
  const [found] = await handle
    .select({
      ticket: tickets,
      employee: employees,
      secondsLeft: sql`extract(epoch from ${tickets.expiresAt} - now())`.mapWith(Number),
    })
    .from(tickets)
    .leftJoin(employees, and(eq(employees.corpId, tickets.corpId), eq(employees.userId, tickets.userId)))
    .where(and(eq(tickets.idHash, hashSecret(id)), eq(tickets.secretHash, hashSecret(secret))));
  if (!found) return null;
  const { state } = found.ticket;
  const hasRunOut = found.secondsLeft <= 0 && !isOver(state);
  return {
    state: hasRunOut ? "expired" : state,
    secondsLeft: Math.max(0, Math.ceil(found.secondsLeft)),
    scannedBy: found.employee ? nameScanner(found.employee) : null,
  };
}

/** Uses up an approved ticket; null when it is not approved, was used before, or the secret is another browser's. */
export async function redeemTicket({
  id,
  secret,
}: TicketCredentials): Promise<{ userId: UserId; approvedFrom: ClientInfo } | null> {
  const handle = await db();
  const used = await moveTicket(handle, { event: "redeem", id, only: holds(secret) });
  const userId = parseUserId(used?.userId);
  return used && userId ? { userId, approvedFrom: { ip: used.phoneIp, userAgent: used.phoneUserAgent } } : null;
}

/** Gives a ticket back, when its page is left or asks for a new one. */
export async function cancelTicket({ id, secret }: TicketCredentials): Promise<void> {
  const handle = await db();
  await moveTicket(handle, { event: "cancel", id, only: holds(secret) });
}

function holds(secret: string) {
  return eq(tickets.secretHash, hashSecret(secret));
}

function nameScanner(row: typeof employees.$inferSelect): TicketView["scannedBy"] {
  const { name, avatarUrl } = readRow(row).employee;
  return { name, avatarUrl };
}
