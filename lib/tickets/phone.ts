import { and, eq, ne } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { tickets } from "../db/schema";
import { type ClientInfo, type Device, describeDevice } from "../http/client-info";
import { hashSecret } from "../secrets";
import { type PhoneViewer } from "../sessions/permission";
import { type TicketState } from "./lifecycle";
import { moveTicket, type TicketRow } from "./move";

/** What the phone shows of the browser that asks. (S17) */
export type TicketRequest = Device & { ip: string | null; openedAt: Date; isOtherNetwork: boolean };

/** `taken`: another phone was first. `unknown`: there is no such ticket. */
export type Gone = { gone: TicketState | "taken" | "unknown" };

type Scan = { id: string; client: ClientInfo };

/** Marks a ticket as scanned by this employee, who may look again; anybody else comes too late. */
export async function scanTicket(
  viewer: PhoneViewer,
  { id, client }: Scan,
): Promise<{ request: TicketRequest } | Gone> {
  const handle = await db();
  const set = { userId: viewer.userId, phoneIp: client.ip, phoneUserAgent: client.userAgent };
  const only = eq(tickets.corpId, viewer.corpId);
  const ticket = (await moveTicket(handle, { event: "scan", id, only, set })) ?? (await find(id));
  const reason = whyGone(ticket, viewer);
  return reason || !ticket ? { gone: reason ?? "unknown" } : { request: describe(ticket, client) };
}

export type Decision = "approved" | "wrong_number" | "declined" | "too_late";

/** Lets the desktop in, when the number typed is the one it shows. A wrong one ends the ticket: guessing has one try. (S18) */
export async function approveTicket(
  viewer: PhoneViewer,
  { id, number, client }: Scan & { number: string },
): Promise<Decision> {
  return decide(viewer, client, async (change) => {
    const own = ownScan(viewer);
    if (await moveTicket(change, { event: "approve", id, only: and(own, eq(tickets.number, number)) }))
      return "approved";
    return (await moveTicket(change, { event: "mistype", id, only: and(own, ne(tickets.number, number)) }))
      ? "wrong_number"
      : "too_late";
  });
}

/** Turns the desktop away. */
export async function declineTicket(viewer: PhoneViewer, { id, client }: Scan): Promise<Decision> {
  return decide(viewer, client, async (change) => {
    return (await moveTicket(change, { event: "decline", id, only: ownScan(viewer) })) ? "declined" : "too_late";
  });
}

async function decide(
  viewer: PhoneViewer,
  client: ClientInfo,
  move: (change: Db) => Promise<Decision>,
): Promise<Decision> {
  const handle = await db();
  return handle.transaction(async (change) => {
    const decision = await move(change);
    const { corpId, userId } = viewer;
    await recordEvent(change, { kind: "ticket_decided", corpId, userId, method: "ticket", reason: decision, client });
    return decision;
  });
}

function ownScan({ corpId, userId }: PhoneViewer) {
  return and(eq(tickets.corpId, corpId), eq(tickets.userId, userId));
}

async function find(id: string): Promise<TicketRow | null> {
  const handle = await db();
  const [row] = await handle
    .select()
    .from(tickets)
    .where(eq(tickets.idHash, hashSecret(id)));
  return row ?? null;
}

function whyGone(ticket: TicketRow | null, viewer: PhoneViewer): Gone["gone"] | null {
  if (!ticket || ticket.corpId !== viewer.corpId) return "unknown";
  if (ticket.userId !== null && ticket.userId !== viewer.userId) return "taken";
  if (ticket.state !== "scanned") return ticket.state === "waiting" ? "expired" : ticket.state;
  return ticket.expiresAt.getTime() <= Date.now() ? "expired" : null;
}

function describe({ ip, userAgent, openedAt }: TicketRow, client: ClientInfo): TicketRequest {
  return { ...describeDevice(userAgent), ip, openedAt, isOtherNetwork: ip !== client.ip };
}
