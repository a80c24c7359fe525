import { and, isNull, type SQL, sql } from "drizzle-orm";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { env } from "../env";
import { announceEnd, type EndReason, isLive } from "./session";

/**
 * Notes of at most `limit` sessions past the absolute or the idle limit when they ended; returns how many there were. They are
 * refused without it. The note keeps them out of the index of open sessions, and so the company's list short. (S24)
 */
export async function endExpired(limit: number): Promise<number> {
  const oldest = db
    .select({ idHash: sessions.idHash })
    .from(sessions)
    .where(and(isNull(sessions.endedAt), sql`not (${isLive()})`))
    .orderBy(sessions.corpId, sessions.startedAt, sessions.idHash)
    .limit(limit)
    // One that is in use at this moment is not taken by its former state.
    .for("update", { skipLocked: true });
  const endReason: EndReason = "expired";
  const ended = await db
    .update(sessions)
    .set({ endedAt: naturalEnd(), endReason })
    .where(sql`${sessions.idHash} = any(array(${oldest}))`)
    .returning({ announced: announceEnd });
  return ended.length;
}

/** When a session ends by itself: at the absolute or the idle limit. */
export function naturalEnd(): SQL<Date> {
  const idleEnd = sql`${sessions.lastSeenAt} + make_interval(secs => ${env().SESSION_IDLE_HOURS * 3600})`;
  return sql`least(${sessions.expiresAt}, ${idleEnd})`;
}
