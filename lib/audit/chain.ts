import { createHash } from "node:crypto";
import { asc, eq, gt, notExists, sql } from "drizzle-orm";
import { type Db } from "../db/client";
import { auditChain, auditEvents } from "../db/schema";
import { type Checkpoint, isGenuine, listCheckpoints } from "./checkpoints";

/** So many events are in memory at a time. */
const batch = 1000;

type StoredEvent = typeof auditEvents.$inferSelect;
type Link = { chain: typeof auditChain.$inferSelect; event: StoredEvent | null };
type Place = { position: number; hash: string };

/** The first trace of a manipulation. `position` is null for an event that is not part of the chain. */
export type Fault = {
  what: "changed" | "removed" | "inserted" | "forged checkpoint";
  position: number | null;
  eventId: number | null;
  at: Date | null;
};

export type Verified = { fault: Fault | null; events: number; signedUpTo: Checkpoint | null };

/**
 * Reads the whole audit trail and recomputes its hashes. Returns the first event, in their order, that was changed, removed or
 * inserted, and how far a signed checkpoint proves the rest: who can write to the database but does not have NEXTAUTH_SECRET
 * can rewrite only the events after it. (S46) Pass a transaction that reads one moment.
 */
export async function verifyTrail(tx: Db): Promise<Verified> {
  const checkpoints = await listCheckpoints(tx);
  const forged = checkpoints.find((checkpoint) => !isGenuine(checkpoint));
  const genuine = new Map(checkpoints.filter(isGenuine).map((checkpoint) => [checkpoint.position, checkpoint]));
  const signedUpTo = [...genuine.values()].at(-1) ?? null;
  const start = [...genuine.values()].filter(({ kind }) => kind === "retention").at(-1);
  let last: Place = start ?? { position: 0, hash: "" };
  let events = 0;
  for await (const link of readLinks(tx, last.position)) {
    const fault = checkLink(link, last, genuine);
    if (fault) return { fault, events, signedUpTo };
    last = link.chain;
    events += 1;
  }
  const fault = (await checkEnd(tx, last, signedUpTo)) ?? (forged ? describeForged(forged) : null);
  return { fault, events, signedUpTo };
}

async function* readLinks(tx: Db, after: number): AsyncGenerator<Link> {
  // Places before the start are left of events that retention should have deleted: they are found as well.
  let position = after > 0 ? Math.min(after, (await firstPosition(tx)) - 1) : 0;
  for (;;) {
    const links = await tx
      .select({ chain: auditChain, event: auditEvents })
      .from(auditChain)
      .leftJoin(auditEvents, eq(auditEvents.id, auditChain.eventId))
      .where(gt(auditChain.position, position))
      .orderBy(asc(auditChain.position))
      .limit(batch);
    yield* links;
    if (links.length < batch) return;
    position = links.at(-1)?.chain.position ?? position;
  }
}

async function firstPosition(tx: Db): Promise<number> {
  const [first] = await tx
    .select({ position: auditChain.position })
    .from(auditChain)
    .orderBy(asc(auditChain.position))
    .limit(1);
  return first?.position ?? Number.MAX_SAFE_INTEGER;
}

function checkLink({ chain, event }: Link, last: Place, checkpoints: Map<number, Checkpoint>): Fault | null {
  const expected = last.position + 1;
  if (chain.position > expected) return { what: "removed", position: expected, eventId: null, at: null };
  const found = { position: chain.position, eventId: chain.eventId, at: event?.at ?? null };
  if (chain.position < expected) return { what: "inserted", ...found };
  if (!event) return { what: "removed", ...found };
  const isSame = chain.previousHash === last.hash && chain.hash === hashEvent(event, chain);
  const signed = checkpoints.get(chain.position);
  if (!isSame || (signed && signed.hash !== chain.hash)) return { what: "changed", ...found };
  return null;
}

async function checkEnd(tx: Db, last: Place, signed: Checkpoint | null): Promise<Fault | null> {
  if (signed && signed.position > last.position)
    return { what: "removed", position: last.position + 1, eventId: null, at: null };
  const link = tx.select({ one: sql`1` }).from(auditChain).where(eq(auditChain.eventId, auditEvents.id));
  const [loose] = await tx.select().from(auditEvents).where(notExists(link)).orderBy(asc(auditEvents.id)).limit(1);
  return loose ? { what: "inserted", position: null, eventId: loose.id, at: loose.at } : null;
}

function describeForged({ position, at }: Checkpoint): Fault {
  return { what: "forged checkpoint", position, eventId: null, at };
}

/** The hash of an event at a place, as the database's function `audit_event_hash` computes it. */
export function hashEvent(event: StoredEvent, { position, previousHash }: { position: number; previousHash: string }) {
  const { id, at, kind, corpId, userId, actorUserId, method, reason, reference, ip, userAgent } = event;
  const values = [
    ...[previousHash, String(position), String(id), String(at.getTime()), kind, corpId, userId, actorUserId, method],
    ...[reason, reference, ip, userAgent, event.requestId, event.dingtalkRequestId, String(event.count)],
  ];
  // PostgreSQL puts a space after each comma.
  const text = `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  return createHash("sha256").update(text).digest("hex");
}
