import { lt, or, sql } from "drizzle-orm";
import { db } from "./db/client";
import { consumedCodes, sessions, tickets } from "./db/schema";
import { log } from "./log";
import { deviceMemoryDays } from "./sessions/new-device";
import { singleton } from "./singleton";

const everyMs = 60 * 60 * 1000;
const timer = singleton("sweep", () => setInterval(() => void sweepQuietly(), everyMs).unref());

/** Sweeps at once and then every hour; the timer does not delay the end of the process. */
export function startSweeping(): void {
  timer();
  void sweepQuietly();
}

/** Deletes rows that are no longer read: expired codes, tickets an hour after they expired, sessions once they no longer say which devices are known. */
export async function sweep(): Promise<void> {
  const longAgo = sql`now() - make_interval(days => ${deviceMemoryDays})`;
  await db.delete(consumedCodes).where(lt(consumedCodes.expiresAt, sql`now()`));
  await db.delete(tickets).where(lt(tickets.expiresAt, sql`now() - interval '1 hour'`));
  await db.delete(sessions).where(or(lt(sessions.endedAt, longAgo), lt(sessions.expiresAt, longAgo)));
}

async function sweepQuietly(): Promise<void> {
  await sweep().catch((err) => log().warn({ err }, "sweep failed"));
}
