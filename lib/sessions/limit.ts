import { and, desc, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { sessions } from "../db/schema";
import { env } from "../env";
import { type Viewer } from "./permission";
import { endSessions, isLive, isOf, type Owner } from "./session";
import { type SessionView, viewSession } from "./view";

/** How long the sessions page says that an older device was signed out. */
const noticeDays = 7;

/**
 * For the `returning` clause of the statement that creates a session: the ids of the employee's oldest sessions that the new
 * one leaves beyond SESSIONS_PER_EMPLOYEE. A subquery there does not see the new session, nor that `replaced` ends.
 */
export function idsBeyondLimit(tx: Db, owner: Owner, replaced: string | null): SQL<string[] | null> {
  const others = and(isOf(owner), isLive(), replaced ? ne(sessions.idHash, replaced) : undefined);
  const surplus = tx
    .select({ idHash: sessions.idHash })
    .from(sessions)
    .where(others)
    .orderBy(desc(sessions.startedAt), desc(sessions.idHash))
    .offset(env().SESSIONS_PER_EMPLOYEE - 1)
    .as("surplus");
  return sql`(select json_agg(${surplus.idHash}) from ${surplus})`;
}

/** Revokes these sessions, each with its audit event. (S24) */
export async function endBeyondLimit(tx: Db, { corpId, userId }: Owner, surplus: string[]): Promise<void> {
  for (const idHash of surplus) {
    await endSessions(tx, { idHash }, "over_limit");
    await recordEvent(tx, { kind: "session_ended", corpId, userId, reason: "over_limit", client: null });
  }
}

/** What the limit did to the viewer's sessions lately: the device that it signed out last; null when there is none. */
export async function findRevokedByLimit(viewer: Viewer): Promise<RevokedByLimit | null> {
  const since = sql`now() - make_interval(days => ${noticeDays})`;
  const [row] = await db
    .select()
    .from(sessions)
    .where(and(isOf(viewer), eq(sessions.endReason, "over_limit"), gt(sessions.endedAt, since)))
    .orderBy(desc(sessions.endedAt))
    .limit(1);
  if (!row?.endedAt) return null;
  return { limit: env().SESSIONS_PER_EMPLOYEE, session: viewSession(row), endedAt: row.endedAt };
}

export type RevokedByLimit = { limit: number; session: SessionView; endedAt: Date };
