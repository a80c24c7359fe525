import { and, eq, ne } from "drizzle-orm";
import { recordEvent } from "../audit";
import type { Db } from "../db/client";
import { db } from "../db/client";
import { tickets } from "../db/schema";
import type { PhoneViewer } from "../permission";
import { hashSecret } from "../secrets";
import type { Device, Visit } from "../visit";
import { describeDevice } from "../visit";
import type { TicketState } from "./lifecycle";
import type { TicketRow } from "./move";
import { moveTicket } from "./move";

/** What the phone shows of the browser that asks. (S17) */
export type TicketRequest = Device & { ip: string | null; openedAt: Date; isOtherNetwork: boolean };

/** `taken`: another phone was first. `unknown`: there is no such ticket. */
export type Gone = { gone: TicketState | "taken" | "unknown" };

type Scan = { id: string; visit: Visit };

/** Marks a ticket as scanned by this employee, who may look again; anybody else comes too late. */
export async function scanTicket(viewer: PhoneViewer, { id, visit }: Scan): Promise<{ request: TicketRequest } | Gone> {
  const handle = await db();
  const set = { userId: viewer.userId, phoneIp: visit.ip, phoneUserAgent: visit.userAgent };
  const only = eq(tickets.corpId, viewer.corpId);
  const ticket = (await moveTicket(handle, { event: "scan", id, only, set })) ?? (await find(id));
  const reason = whyGone(ticket, viewer);
  return reason || !ticket ? { gone: reason ?? "unknown" } : { request: describe(ticket, visit) };
}

export type Decision = "approved" | "wrong_number" | "declined" | "too_late";

/** Lets the desktop in, when the number typed is the one it shows. A wrong one ends the ticket: guessing has one try. (S18) */
export async function approveTicket(
  viewer: PhoneViewer,
  { id, number, visit }: Scan & { number: string },
): Promise<Decision> {
  return decide(viewer, visit, async (change) => {
    const own = ownScan(viewer);
    if (await moveTicket(change, { event: "approve", id, only: and(own, eq(tickets.number, number)) }))
      return "approved";
    return (await moveTicket(change, { event: "mistype", id, only: and(own, ne(tickets.number, number)) }))
      ? "wrong_number"
      : "too_late";
  });
}

/** Turns the desktop away. */
export async function declineTicket(viewer: PhoneViewer, { id, visit }: Scan): Promise<Decision> {
  return decide(viewer, visit, async (change) => {
    return (await moveTicket(change, { event: "decline", id, only: ownScan(viewer) })) ? "declined" : "too_late";
  });
}

async function decide(viewer: PhoneViewer, visit: Visit, move: (change: Db) => Promise<Decision>): Promise<Decision> {
  const handle = await db();
  return handle.transaction(async (change) => {
    const decision = await move(change);
    const { corpId, userId } = viewer;
    await recordEvent(change, { kind: "ticket_decided", corpId, userId, wayIn: "ticket", reason: decision, visit });
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

function describe({ ip, userAgent, openedAt }: TicketRow, visit: Visit): TicketRequest {
  return { ...describeDevice(userAgent), ip, openedAt, isOtherNetwork: ip !== visit.ip };
}
