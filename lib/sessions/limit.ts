import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
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
 * Revokes the oldest sessions of an employee beyond SESSIONS_PER_EMPLOYEE; the session with `newest` always stays. Call it in the
 * transaction that created that session, which holds the employee's row, so that two sign-ins do not miss each other. (S24)
 */
export async function revokeBeyondLimit(tx: Db, owner: Owner, newest: string): Promise<void> {
  const surplus = await tx
    .select({ idHash: sessions.idHash })
    .from(sessions)
    .where(and(isOf(owner), ne(sessions.idHash, newest), isLive()))
    .orderBy(desc(sessions.startedAt), desc(sessions.idHash))
    .offset(env().SESSIONS_PER_EMPLOYEE - 1);
  for (const { idHash } of surplus) {
    await endSessions(tx, { idHash }, "over_limit");
    await recordEvent(tx, { kind: "session_ended", ...owner, reason: "over_limit", client: null });
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
