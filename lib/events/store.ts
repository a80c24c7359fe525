import { and, asc, eq, isNull, lt, max, sql } from "drizzle-orm";
import { db } from "../db/client";
import { dingtalkEvents } from "../db/events-schema";
import { type DirectoryEvent } from "../dingtalk/event";
import { ownCorpId } from "../services";

export type StoredEvent = typeof dingtalkEvents.$inferSelect;

/** A process that works on an event has this long; then another one may. */
const leaseSeconds = 60;
/** After failures in a row the next attempt waits twice as long, up to an hour. */
const firstPauseSeconds = 5;
const maxPauseSeconds = 3600;
const keptDays = 7;

/**
 * Stores an event before it is acknowledged to DingTalk. An event with a known id is dropped: DingTalk repeats them. Returns whether
 * it is new. Events of another organisation are refused by the caller. (S41)
 */
export async function storeEvent({ id, type, bornAtMs, userIds, departmentIds }: DirectoryEvent): Promise<boolean> {
  const event = { id, type, corpId: ownCorpId(), bornAt: new Date(bornAtMs), userIds, departmentIds };
  const stored = await db
    .insert(dingtalkEvents)
    .values(event)
    .onConflictDoNothing()
    .returning({ id: dingtalkEvents.id });
  return stored.length > 0;
}

/** When an event was received last, by whichever process; null when none was within the days for which events are kept. */
export async function findLastReceived(): Promise<Date | null> {
  const [last] = await db.select({ at: max(dingtalkEvents.receivedAt) }).from(dingtalkEvents);
  return last?.at ?? null;
}

/** Takes the oldest events that are due, for this process alone; after a crash they are due again. */
export async function takeEvents(count: number): Promise<StoredEvent[]> {
  const due = db
    .select({ id: dingtalkEvents.id })
    .from(dingtalkEvents)
    .where(and(isNull(dingtalkEvents.doneAt), lt(dingtalkEvents.dueAt, sql`now() + interval '1 millisecond'`)))
    .orderBy(asc(dingtalkEvents.bornAt))
    .limit(count)
    .for("update", { skipLocked: true });
  const taken = await db
    .update(dingtalkEvents)
    .set({ dueAt: sql`now() + make_interval(secs => ${leaseSeconds})`, attempts: sql`${dingtalkEvents.attempts} + 1` })
    .where(sql`${dingtalkEvents.id} = any(array(${due}))`)
    .returning();
  return taken.sort((one, other) => one.bornAt.getTime() - other.bornAt.getTime());
}

export async function finishEvent(id: string): Promise<void> {
  await db.update(dingtalkEvents).set({ doneAt: sql`now()` }).where(eq(dingtalkEvents.id, id));
}

/** The event stays, and is worked on again after a pause that grows with its failures. */
export async function postponeEvent({ id, attempts }: StoredEvent): Promise<void> {
  const seconds = Math.min(firstPauseSeconds * 2 ** (attempts - 1), maxPauseSeconds);
  await db
    .update(dingtalkEvents)
    .set({ dueAt: sql`now() + make_interval(secs => ${seconds})` })
    .where(eq(dingtalkEvents.id, id));
}

/** Until then an event's id tells a repetition. What could not be done in this time is given up; the nets below have it. */
export function eventsExpireBefore() {
  return sql`now() - make_interval(days => ${keptDays})`;
}
