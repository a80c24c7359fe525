import { createHash } from "node:crypto";
import { and, asc, desc, eq, gt, notExists, sql } from "drizzle-orm";
import { auditChain, auditEvents } from "../db/audit-schema";
import { type Db } from "../db/client";
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

/** `from` and `upTo` are the first and the last position that was verified; null when there is no event. */
export type Verified = {
  fault: Fault | null;
  events: number;
  from: number | null;
  upTo: number | null;
  /** Whether these are all events that are kept. */
  isWhole: boolean;
  signedUpTo: Checkpoint | null;
};

/**
 * Reads the whole audit trail and recomputes its hashes. Returns the first event, in their order, that was changed, removed or
 * inserted, and how far a signed checkpoint proves the rest: who can write to the database but does not have NEXTAUTH_SECRET
 * can rewrite only the events after it. (S46) Pass a transaction that reads one moment.
 */
export async function verifyTrail(tx: Db): Promise<Verified> {
  const checkpoints = await listCheckpoints(tx);
  const start = checkpoints.findLast((checkpoint) => checkpoint.kind === "retention" && isGenuine(checkpoint));
  const place = start ?? { position: 0, hash: "" };
  // Places before the start are left of events that retention should have deleted: they are found as well.
  const readAfter = start ? Math.min(start.position, (await firstPosition(tx)) - 1) : 0;
  return verifyAfter(tx, { checkpoints, place, readAfter, isWhole: true });
}

/**
 * The same for the newest events only, at most so many. The hash before them is taken for true; the next signed checkpoint proves them all the same,
 * because its hash covers theirs.
 */
export async function verifyNewest(tx: Db, count: number): Promise<Verified> {
  const [before] = await tx
    .select({ position: auditChain.position, hash: auditChain.hash })
    .from(auditChain)
    .orderBy(desc(auditChain.position))
    .offset(count)
    .limit(1);
  if (!before) return verifyTrail(tx);
  const checkpoints = await listCheckpoints(tx);
  return verifyAfter(tx, { checkpoints, place: before, readAfter: before.position, isWhole: false });
}

type Start = { checkpoints: Checkpoint[]; place: Place; readAfter: number; isWhole: boolean };

async function verifyAfter(tx: Db, { checkpoints, place, readAfter, isWhole }: Start): Promise<Verified> {
  const forged = checkpoints.find((checkpoint) => !isGenuine(checkpoint));
  const genuine = checkpoints.filter(isGenuine);
  const signed = new Map(genuine.map((checkpoint) => [checkpoint.position, checkpoint]));
  const signedUpTo = genuine.at(-1) ?? null;
  let [first, last]: [Link["chain"] | null, Place] = [null, place];
  let events = 0;
  const result = (fault: Fault | null) => {
    return { fault, events, from: first?.position ?? null, upTo: first && last.position, isWhole, signedUpTo };
  };
  for await (const link of readLinks(tx, readAfter)) {
    const fault = checkLink(link, last, signed);
    if (fault) return result(fault);
    first ??= link.chain;
    last = link.chain;
    events += 1;
  }
  const looseAfter = isWhole ? 0 : (first?.eventId ?? 0);
  return result(
    checkEnd(last, signedUpTo) ?? (await findLoose(tx, looseAfter)) ?? (forged ? describeForged(forged) : null),
  );
}

async function* readLinks(tx: Db, after: number): AsyncGenerator<Link> {
  let position = after;
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

function checkEnd(last: Place, signed: Checkpoint | null): Fault | null {
  if (!signed || signed.position <= last.position) return null;
  return { what: "removed", position: last.position + 1, eventId: null, at: null };
}

/** The first event after this one that has no place in the chain. */
async function findLoose(tx: Db, after: number): Promise<Fault | null> {
  const link = tx.select({ one: sql`1` }).from(auditChain).where(eq(auditChain.eventId, auditEvents.id));
  const [loose] = await tx
    .select({ id: auditEvents.id, at: auditEvents.at })
    .from(auditEvents)
    .where(and(gt(auditEvents.id, after), notExists(link)))
    .orderBy(asc(auditEvents.id))
    .limit(1);
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
