import { lt, or, sql } from "drizzle-orm";
import { db } from "./db/client";
import { consumedCodes, sessions, tickets } from "./db/schema";
import { log } from "./log";
import { singleton } from "./singleton";

const everyMs = 60 * 60 * 1000;
/** No page shows a session that is over. It is kept so long for whoever looks into last month; the audit trail stays. */
const sessionDays = 30;

const timer = singleton("sweep", () => setInterval(() => void sweepQuietly(), everyMs).unref());

/** Sweeps now and once an hour from now on; a process that ends does not wait for it. */
export function startSweeping(): void {
  timer();
  void sweepQuietly();
}

/** Deletes what nothing asks for any more: codes that could not come again, tickets that are over, sessions long ended. */
export async function sweep(): Promise<void> {
  const handle = await db();
  const longAgo = sql`now() - make_interval(days => ${sessionDays})`;
  await handle.delete(consumedCodes).where(lt(consumedCodes.expiresAt, sql`now()`));
  await handle.delete(tickets).where(lt(tickets.expiresAt, sql`now() - interval '1 hour'`));
  await handle.delete(sessions).where(or(lt(sessions.endedAt, longAgo), lt(sessions.expiresAt, longAgo)));
}

async function sweepQuietly(): Promise<void> {
  await sweep().catch((err) => log().warn({ err }, "not swept"));
}
