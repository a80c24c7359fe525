import { randomInt } from "node:crypto";
import { and, count, eq, getTableColumns, gt, inArray, type SQL, sql } from "drizzle-orm";
import { type Db, db, notify } from "../db/client";
import { employees, type TicketState, tickets } from "../db/schema";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { readRow } from "../employees/store";
import { type ClientInfo } from "../http/client-info";
import { hashSecret, randomSecret } from "../secrets";
import { ownCorpId } from "../services";
import { isFinal, stateAfter, statesBefore, type TicketEvent } from "./lifecycle";

/** How long a ticket, and so its QR code, lives. A desktop that still waits asks for the next one by itself. (S16) */
const ticketSeconds = 120;
/** More than any company has desktops waiting; beyond it a client is filling the table. (S20) */
const maxOpen = 20_000;
/** Tabs of one browser that may wait at the same time. */
const maxOpenPerBrowser = 5;

/** What proves that a ticket is this browser's: the id in the QR code, and the secret in the cookie. */
export type TicketCredentials = { id: string; secret: string };

export type NewTicket = { id: string; number: string; secondsLeft: number };

/** Creates a ticket for the browser that holds `secret`; null when too many are open. The id is for the QR code, the number for a person. */
export async function createTicket(secret: string, client: ClientInfo): Promise<NewTicket | null> {
  const open = await countOpen(secret);
  if (open.all >= maxOpen || open.own >= maxOpenPerBrowser) return null;
  const id = randomSecret();
  const number = String(randomInt(10, 100));
  await db.insert(tickets).values({
    idHash: hashSecret(id),
    secretHash: hashSecret(secret),
    number,
    corpId: ownCorpId(),
    ...client,
    expiresAt: sql`now() + make_interval(secs => ${ticketSeconds})`,
  });
  return { id, number, secondsLeft: ticketSeconds };
}

/** One query for both: with many desktops waiting it is most of what creating a ticket costs. */
async function countOpen(secret: string): Promise<{ all: number; own: number }> {
  const [row] = await db
    .select({ all: count(), own: sql`count(*) filter (where ${hasSecret(secret)})`.mapWith(Number) })
    .from(tickets)
    .where(and(inArray(tickets.state, statesBefore("expire")), gt(tickets.expiresAt, sql`now()`)));
  return row ?? { all: 0, own: 0 };
}

/** A ticket as the desktop that opened it may see it. */
export type TicketView = {
  state: TicketState;
  secondsLeft: number;
  /** Who scanned, once they have approved: a link to a ticket must not tell the asking screen whose phone opened it. (S17) */
  scannedBy: { name: string; avatarUrl: string | null } | null;
};

/** How the ticket stands; null without both its id and its secret. (S16) */
export async function viewTicket({ id, secret }: TicketCredentials): Promise<TicketView | null> {
  const [found] = await db
    .select({
      ticket: tickets,
      employee: employees,
      secondsLeft: sql`extract(epoch from ${tickets.expiresAt} - now())`.mapWith(Number),
    })
    .from(tickets)
    .leftJoin(employees, and(eq(employees.corpId, tickets.corpId), eq(employees.userId, tickets.userId)))
    .where(and(eq(tickets.idHash, hashSecret(id)), hasSecret(secret)));
  if (!found) return null;
  const { state } = found.ticket;
  const hasExpired = found.secondsLeft <= 0 && !isFinal(state);
  return {
    state: hasExpired ? "expired" : state,
    secondsLeft: Math.max(0, Math.ceil(found.secondsLeft)),
    scannedBy: found.employee && hasConsent(state) ? nameOf(found.employee) : null,
  };
}

function hasConsent(state: TicketState): boolean {
  return state === "approved" || state === "used";
}

function nameOf(row: typeof employees.$inferSelect): TicketView["scannedBy"] {
  const { name, avatarUrl } = readRow(row).employee;
  return { name, avatarUrl };
}

/** Uses an approved ticket; null when it is not approved, was used before, or the secret is another browser's. */
export async function redeemTicket({
  id,
  secret,
}: TicketCredentials): Promise<{ userId: UserId; approvedFrom: ClientInfo } | null> {
  const redeemed = await moveTicket(db, { event: "redeem", id, only: hasSecret(secret) });
  const userId = parseUserId(redeemed?.userId);
  if (!redeemed || !userId) return null;
  return { userId, approvedFrom: { ip: redeemed.phoneIp, userAgent: redeemed.phoneUserAgent } };
}

/** Cancels a ticket whose page is left or asks for a new one. */
export async function cancelTicket({ id, secret }: TicketCredentials): Promise<void> {
  await moveTicket(db, { event: "cancel", id, only: hasSecret(secret) });
}

function hasSecret(secret: string): SQL {
  return eq(tickets.secretHash, hashSecret(secret));
}

export type TicketRow = typeof tickets.$inferSelect;

/** The channel of transitions; a message is the hash of a ticket's id and its new state. */
export const ticketChannel = "tickets";
const message = sql`${tickets.idHash} || ' ' || ${tickets.state}`;

type Transition = { event: TicketEvent; id: string; only?: SQL | undefined; set?: Partial<TicketRow> };

/**
 * Moves a ticket by one conditional statement, which also notifies of it: of two phones, or two redemptions, exactly one
 * finds the state it needs. Null when another request was first, the ticket expired, or `only` does not hold.
 */
export async function moveTicket(tx: Db, { event, id, only, set }: Transition): Promise<TicketRow | null> {
  const isOpen = and(inArray(tickets.state, statesBefore(event)), gt(tickets.expiresAt, sql`now()`));
  const [moved] = await tx
    .update(tickets)
    .set({ ...set, state: stateAfter(event) })
    .where(and(eq(tickets.idHash, hashSecret(id)), isOpen, only))
    .returning({ ...getTableColumns(tickets), notified: notify(ticketChannel, message) });
  return moved ?? null;
}
