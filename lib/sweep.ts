import { lt, type SQL, sql } from "drizzle-orm";
import { type PgColumn } from "drizzle-orm/pg-core";
import { deleteOldEvents } from "./audit/retention";
import { deleteOldCalls } from "./calls/count";
import { auditChain, auditCheckpoints, auditEvents } from "./db/audit-schema";
import { database, db } from "./db/client";
import { dingtalkEvents } from "./db/events-schema";
import { consumedCodes, rateLimits } from "./db/expiring-schema";
import { employees, sessions, tickets } from "./db/schema";
import { auditDays, dingtalkCalls } from "./db/statistics-schema";
import { syncDepartments, syncMissing, syncRuns } from "./db/sync-schema";
import { deleteOldRuns } from "./directory/runs";
import { eventsExpireBefore } from "./events/store";
import { log } from "./log";
import { endExpired } from "./sessions/expired";
import { deviceMemoryDays } from "./sessions/new-device";
import { singleton } from "./singleton";
import { countDays } from "./statistics/days";

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
 * longer say which devices are known, audit events after AUDIT_RETENTION_DAYS. An index finds each batch. (S42) Also counts the
 * events of the days that are over, before they are deleted.
 */
export async function sweep(): Promise<void> {
  const now = sql`now()`;
  const longAgo = sql`now() - make_interval(days => ${deviceMemoryDays})`;
  await inBatches(() => deleteOldest({ id: consumedCodes.hash, time: consumedCodes.expiresAt, before: now }));
  await inBatches(() => deleteOldest({ id: rateLimits.key, time: rateLimits.expire, before: now }));
  await inBatches(() =>
    deleteOldest({ id: tickets.idHash, time: tickets.expiresAt, before: sql`now() - interval '1 hour'` }),
  );
  await inBatches(() =>
    deleteOldest({ id: dingtalkEvents.id, time: dingtalkEvents.receivedAt, before: eventsExpireBefore() }),
  );
  await inBatches(() => endExpired(batch));
  await inBatches(() => deleteOldest({ id: sessions.idHash, time: sessions.endedAt, before: longAgo }));
  await countDays();
  await inBatches(() => deleteOldEvents(batch));
  await deleteOldRuns();
  await deleteOldCalls();
  await reuseSpace();
}

/** PostgreSQL does this in the background. The embedded database has no such process, and would grow without end. */
async function reuseSpace(): Promise<void> {
  if (database().kind !== "pglite") return;
  const events = [auditEvents, auditChain, auditCheckpoints];
  const syncs = [syncRuns, syncDepartments, syncMissing];
  const changing = [
    ...syncs,
    auditDays,
    dingtalkCalls,
    dingtalkEvents,
    consumedCodes,
    rateLimits,
    tickets,
    sessions,
    employees,
    ...events,
  ];
  await db.execute(sql`vacuum ${sql.join(changing, sql`, `)}`);
}

/** Other statements get their turn after each batch. */
async function inBatches(work: () => Promise<number>): Promise<void> {
  for (let done = 0; done < maxBatches; done += 1) if ((await work()) < batch) return;
}

type Old = { id: PgColumn; time: PgColumn; before: SQL };

async function deleteOldest({ id, time, before }: Old): Promise<number> {
  const oldest = db.select({ id }).from(id.table).where(lt(time, before)).orderBy(time).limit(batch);
  // An array instead of a join, for which the database might read the whole table.
  const deleted = await db.delete(id.table).where(sql`${id} = any(array(${oldest}))`).returning({ id });
  return deleted.length;
}

async function sweepQuietly(): Promise<void> {
  await sweep().catch((err) => log().warn({ err }, "sweep failed"));
}
