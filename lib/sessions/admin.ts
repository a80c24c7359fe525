import { and, desc, eq } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { endSessions } from "./end";
import { isLive } from "./live";
import { type Admin } from "./permission";
import { type SessionView, viewSession } from "./view";

/** More open sessions than this are counted as misuse, not shown one by one. */
const shown = 50;

/** The sessions an employee has open now, newest first. */
export async function sessionsOf(admin: Admin, userId: string): Promise<SessionView[]> {
  const handle = await db();
  const rows = await handle
    .select()
    .from(sessions)
    .where(and(eq(sessions.corpId, admin.corpId), eq(sessions.userId, userId), isLive()))
    .orderBy(desc(sessions.startedAt))
    .limit(shown);
  return rows.map(viewSession);
}

/** Puts an employee out everywhere at once; returns how many sessions that ended. */
export async function endSessionsOf(admin: Admin, userId: string): Promise<number> {
  const handle = await db();
  const employee = { corpId: admin.corpId, userId };
  return handle.transaction(async (change) => {
    const count = await endSessions(change, employee, "revoked");
    await recordEvent(change, { kind: "sessions_ended", ...employee, actorUserId: admin.userId, reason: "revoked" });
    return count;
  });
}
