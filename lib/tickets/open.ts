import { randomInt } from "node:crypto";
import { and, count, eq, gt, inArray, sql } from "drizzle-orm";
import { db } from "../db/client";
import { tickets } from "../db/schema";
import { type ClientInfo } from "../http/client-info";
import { hashSecret, randomSecret } from "../secrets";
import { ownCorpId } from "../services";
import { statesBefore } from "./lifecycle";

/** A ticket's life. A desktop that still waits asks for the next one by itself. (S16) */
const ticketSeconds = 120;
/** More than any company has desktops waiting; beyond it somebody is filling the table. (S20) */
const mostOpen = 20_000;
/** Tabs of one browser that may wait at the same time. */
const mostPerBrowser = 5;

export type OpenedTicket = { id: string; number: string; secondsLeft: number };

/** Opens a ticket for the browser that holds `secret`. Null when there are too many. The id is for the QR, the number for a person to read. */
export async function openTicket(secret: string, client: ClientInfo): Promise<OpenedTicket | null> {
  const handle = await db();
  const { all, mine } = await countOpen(secret);
  if (all >= mostOpen || mine >= mostPerBrowser) return null;
  const id = randomSecret();
  const number = String(randomInt(10, 100));
  await handle.insert(tickets).values({
    idHash: hashSecret(id),
    secretHash: hashSecret(secret),
    number,
    corpId: ownCorpId(),
    ip: client.ip,
    userAgent: client.userAgent,
    expiresAt: sql`now() + make_interval(secs => ${ticketSeconds})`,
  });
  return { id, number, secondsLeft: ticketSeconds };
}

/** In one look: with many desktops waiting it is what opening a ticket costs most. */
async function countOpen(secret: string): Promise<{ all: number; mine: number }> {
  const handle = await db();
  const isMine = eq(tickets.secretHash, hashSecret(secret));
  const [row] = await handle
    .select({ all: count(), mine: sql`count(*) filter (where ${isMine})`.mapWith(Number) })
    .from(tickets)
    .where(and(inArray(tickets.state, statesBefore("expire")), gt(tickets.expiresAt, sql`now()`)));
  return row ?? { all: 0, mine: 0 };
}
