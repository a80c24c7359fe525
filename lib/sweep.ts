import { lt, or, sql } from "drizzle-orm";
import { db } from "./db/client";
import { consumedCodes, sessions, tickets } from "./db/schema";
import { log } from "./log";
import { singleton } from "./singleton";

const everyMs = 60 * 60 * 1000;
/** No page shows an ended session. It stays so long for an inquiry into last month; the audit trail stays longer. */
const sessionDays = 30;

const timer = singleton("sweep", () => setInterval(() => void sweepQuietly(), everyMs).unref());

/** Sweeps now and then once an hour; a process that stops does not wait for it. */
export function startSweeping(): void {
  timer();
  void sweepQuietly();
}

/** Deletes what nothing reads any more: codes that have expired, tickets an hour after theirs, sessions a month after their end. */
export async function sweep(): Promise<void> {
  const longAgo = sql`now() - make_interval(days => ${sessionDays})`;
  await db.delete(consumedCodes).where(lt(consumedCodes.expiresAt, sql`now()`));
  await db.delete(tickets).where(lt(tickets.expiresAt, sql`now() - interval '1 hour'`));
  await db.delete(sessions).where(or(lt(sessions.endedAt, longAgo), lt(sessions.expiresAt, longAgo)));
}

async function sweepQuietly(): Promise<void> {
  await sweep().catch((err) => log().warn({ err }, "not swept"));
}
