import { lt, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type PgColumn } from "drizzle-orm/pg-core";
import { database, db } from "./db/client";
import { auditEvents, consumedCodes, employees, rateLimits, sessions, tickets } from "./db/schema";
import { env } from "./env";
import { log } from "./log";
import { endExpired } from "./sessions/expired";
import { deviceMemoryDays } from "./sessions/new-device";
import { singleton } from "./singleton";

const everyMs = 60 * 60 * 1000;
/** A large change would block the embedded database, which answers one statement at a time. */
const batch = 1000;
/** What one sweep changes of a table at most: more than an hour adds, so that even a long backlog is gone after some days. */
const maxBatches = 200;

const timer = singleton("sweep", () => setInterval(() => void sweepQuietly(), everyMs).unref());

/** Sweeps at once and then every hour; the timer does not delay the end of the process. */
export function startSweeping(): void {
  timer();
  void sweepQuietly();
}

/**
 * Deletes rows that are no longer read: expired codes and counts, tickets an hour after they expired, sessions once they no
 * longer say which devices are known, audit events after AUDIT_RETENTION_DAYS. An index finds each batch. (S42)
 */
export async function sweep(): Promise<void> {
  const now = sql`now()`;
  const longAgo = sql`now() - make_interval(days => ${deviceMemoryDays})`;
  await inBatches(() => deleteOldest({ id: consumedCodes.hash, time: consumedCodes.expiresAt, before: now }));
  await inBatches(() => deleteOldest({ id: rateLimits.key, time: rateLimits.expire, before: now }));
  await inBatches(() =>
    deleteOldest({ id: tickets.idHash, time: tickets.expiresAt, before: sql`now() - interval '1 hour'` }),
  );
  await inBatches(() => endExpired(batch));
  await inBatches(() => deleteOldest({ id: sessions.idHash, time: sessions.endedAt, before: longAgo }));
  await inBatches(deleteOldestEvents);
  await reuseSpace();
}

/** PostgreSQL does this in the background. The embedded database has no such process, and would grow without end. */
async function reuseSpace(): Promise<void> {
  if (database().kind !== "pglite") return;
  const changing = [consumedCodes, rateLimits, tickets, sessions, employees, auditEvents];
  await db.execute(sql`vacuum ${sql.join(changing, sql`, `)}`);
}

/** Other statements get their turn after each batch. */
async function inBatches(work: () => Promise<number>): Promise<void> {
  for (let done = 0; done < maxBatches; done += 1) if ((await work()) < batch) return;
}

type Old = { id: PgColumn; time: PgColumn; before: SQL };

async function deleteOldest({ id, time, before }: Old): Promise<number> {
  const oldest = db.select({ id }).from(id.table).where(lt(time, before)).orderBy(time).limit(batch);
  return deleteThese(id, oldest);
}

/** Looks only at the rows with the lowest ids, which are the oldest: an index by time alone would cost each sign-in more. */
async function deleteOldestEvents(): Promise<number> {
  const { id, at } = auditEvents;
  const oldest = db.select({ id, at }).from(auditEvents).orderBy(id).limit(batch).as("oldest");
  const before = sql`now() - make_interval(days => ${env().AUDIT_RETENTION_DAYS})`;
  return deleteThese(id, db.select({ id: oldest.id }).from(oldest).where(lt(oldest.at, before)));
}

/** An array instead of a join, for which the database might read the whole table. */
async function deleteThese(id: PgColumn, found: SQLWrapper): Promise<number> {
  const deleted = await db.delete(id.table).where(sql`${id} = any(array(${found}))`).returning({ id });
  return deleted.length;
}

async function sweepQuietly(): Promise<void> {
  await sweep().catch((err) => log().warn({ err }, "sweep failed"));
}
