import { inArray, lt, or, sql } from "drizzle-orm";
import { db } from "./db/client";
import { auditEvents, consumedCodes, rateLimits, sessions, tickets } from "./db/schema";
import { env } from "./env";
import { log } from "./log";
import { deviceMemoryDays } from "./sessions/new-device";
import { singleton } from "./singleton";

const everyMs = 60 * 60 * 1000;
/** A large delete would block the embedded database, which answers one statement at a time. */
const auditBatch = 1000;
/** What one sweep deletes at most: more than an hour adds, so that even a long backlog is gone after some days. */
const maxAuditBatches = 200;

const timer = singleton("sweep", () => setInterval(() => void sweepQuietly(), everyMs).unref());

/** Sweeps at once and then every hour; the timer does not delay the end of the process. */
export function startSweeping(): void {
  timer();
  void sweepQuietly();
}

/**
 * Deletes rows that are no longer read: expired codes and counts, tickets an hour after they expired, sessions once they
 * no longer say which devices are known, audit events after AUDIT_RETENTION_DAYS. (S42)
 */
export async function sweep(): Promise<void> {
  const longAgo = sql`now() - make_interval(days => ${deviceMemoryDays})`;
  await db.delete(consumedCodes).where(lt(consumedCodes.expiresAt, sql`now()`));
  await db.delete(rateLimits).where(lt(rateLimits.expire, sql`now()`));
  await db.delete(tickets).where(lt(tickets.expiresAt, sql`now() - interval '1 hour'`));
  await db.delete(sessions).where(or(lt(sessions.endedAt, longAgo), lt(sessions.expiresAt, longAgo)));
  await sweepAudit();
}

async function sweepAudit(): Promise<void> {
  for (let batch = 0; batch < maxAuditBatches; batch += 1) {
    if ((await deleteOldestEvents()) < auditBatch) return;
  }
}

/** Looks only at the rows with the lowest ids, which are the oldest: a search by time would read the whole table. */
async function deleteOldestEvents(): Promise<number> {
  const oldest = db
    .select({ id: auditEvents.id, at: auditEvents.at })
    .from(auditEvents)
    .orderBy(auditEvents.id)
    .limit(auditBatch)
    .as("oldest");
  const expired = db
    .select({ id: oldest.id })
    .from(oldest)
    .where(lt(oldest.at, sql`now() - make_interval(days => ${env().AUDIT_RETENTION_DAYS})`));
  const deleted = await db
    .delete(auditEvents)
    .where(inArray(auditEvents.id, expired))
    .returning({ id: auditEvents.id });
  return deleted.length;
}

async function sweepQuietly(): Promise<void> {
  await sweep().catch((err) => log().warn({ err }, "sweep failed"));
}
