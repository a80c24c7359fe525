import { and, eq, ne } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { type TicketState, tickets } from "../db/schema";
import { type ClientInfo, describeDevice } from "../http/client-info";
import { hashSecret } from "../secrets";
import { type PhoneViewer } from "../sessions/permission";
import { moveTicket, type TicketRow } from "./ticket";

/** What the phone shows of the browser that asks to be signed in. (S17) */
export type TicketRequest = {
  browser: string | null;
  system: string | null;
  ip: string | null;
  openedAt: Date;
  isOtherNetwork: boolean;
};

/** Why nothing can be decided. `taken`: another phone scanned first. `unknown`: there is no such ticket. */
export type Unavailable = Exclude<TicketState, "waiting" | "scanned"> | "taken" | "unknown";

export type ScanResult = { request: TicketRequest } | { unavailable: Unavailable };

type FromPhone = { id: string; client: ClientInfo };

/** Marks a ticket as scanned by this employee, who may look again; any other employee is too late. */
export async function scanTicket(viewer: PhoneViewer, { id, client }: FromPhone): Promise<ScanResult> {
  const set = { userId: viewer.userId, phoneIp: client.ip, phoneUserAgent: client.userAgent };
  const only = eq(tickets.corpId, viewer.corpId);
  const ticket = (await moveTicket(db, { event: "scan", id, only, set })) ?? (await findTicket(id));
  if (!ticket || ticket.corpId !== viewer.corpId) return { unavailable: "unknown" };
  if (ticket.userId !== null && ticket.userId !== viewer.userId) return { unavailable: "taken" };
  const unavailable = unavailableState(ticket);
  return unavailable ? { unavailable } : { request: describeRequest(ticket, client) };
}

async function findTicket(id: string): Promise<TicketRow | null> {
  const [row] = await db
    .select()
    .from(tickets)
    .where(eq(tickets.idHash, hashSecret(id)));
  return row ?? null;
}

function unavailableState({ state, expiresAt }: TicketRow): Unavailable | null {
  // It would have been scanned a moment ago if it still could be.
  if (state === "waiting") return "expired";
  if (state !== "scanned") return state;
  return expiresAt.getTime() <= Date.now() ? "expired" : null;
}

function describeRequest({ ip, userAgent, openedAt }: TicketRow, client: ClientInfo): TicketRequest {
  const { browser, system } = describeDevice(userAgent);
  return { browser, system, ip, openedAt, isOtherNetwork: ip !== client.ip };
}

export type TicketDecision = "approved" | "wrong_number" | "declined" | "too_late";

/** Approves a ticket when the number typed is the one its desktop shows. A wrong one ends it: guessing has one try. (S18) */
export async function approveTicket(
  viewer: PhoneViewer,
  { id, number, client }: FromPhone & { number: string },
): Promise<TicketDecision> {
  const own = isScannedBy(viewer);
  return recordDecision(viewer, client, async (tx) => {
    if (await moveTicket(tx, { event: "approve", id, only: and(own, eq(tickets.number, number)) })) return "approved";
    const mistyped = await moveTicket(tx, { event: "mistype", id, only: and(own, ne(tickets.number, number)) });
    return mistyped ? "wrong_number" : "too_late";
  });
}

/** Declines a ticket: its desktop is not signed in. */
export async function declineTicket(viewer: PhoneViewer, { id, client }: FromPhone): Promise<TicketDecision> {
  return recordDecision(viewer, client, async (tx) => {
    const declined = await moveTicket(tx, { event: "decline", id, only: isScannedBy(viewer) });
    return declined ? "declined" : "too_late";
  });
}

async function recordDecision(
  { corpId, userId }: PhoneViewer,
  client: ClientInfo,
  move: (tx: Db) => Promise<TicketDecision>,
): Promise<TicketDecision> {
  return db.transaction(async (tx) => {
    const decision = await move(tx);
    await recordEvent(tx, { kind: "ticket_decided", corpId, userId, method: "ticket", reason: decision, client });
    return decision;
  });
}

function isScannedBy({ corpId, userId }: PhoneViewer) {
  return and(eq(tickets.corpId, corpId), eq(tickets.userId, userId));
}
