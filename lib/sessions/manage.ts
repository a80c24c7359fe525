import { and, desc, eq, ne, type SQL } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { currentClient } from "../http/client-info";
import { type Admin, type RecentAdmin, type Viewer } from "./permission";
import { endSessions, isLive, isOf } from "./session";
import { type SessionView, viewSession } from "./view";

/** More live sessions than this are misuse, and are not listed one by one. */
const maxListed = 100;

/** The viewer's live sessions, newest first. */
export async function listOwnSessions(viewer: Viewer): Promise<SessionView[]> {
  return listLive(isOf(viewer));
}

/** The live sessions of any employee, newest first. */
export async function listSessionsOf(admin: Admin, userId: string): Promise<SessionView[]> {
  return listLive(isOf({ corpId: admin.corpId, userId }));
}

async function listLive(which: SQL | undefined): Promise<SessionView[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(which, isLive()))
    .orderBy(desc(sessions.startedAt))
    .limit(maxListed);
  return rows.map(viewSession);
}

/** Revokes one of the viewer's sessions; another employee's stays as it is. */
export async function revokeOwnSession(viewer: Viewer, id: string): Promise<void> {
  await revokeOwn(viewer, eq(sessions.idHash, id));
}

/** Revokes all of the viewer's sessions but the one that asks. */
export async function revokeOtherSessions(viewer: Viewer): Promise<void> {
  await revokeOwn(viewer, and(ne(sessions.idHash, viewer.session.id), isLive()));
}

async function revokeOwn({ corpId, userId }: Viewer, which: SQL | undefined): Promise<void> {
  const client = await currentClient();
  const event = { kind: "session_ended", corpId, userId, actorUserId: userId, client } as const;
  await db.transaction(async (tx) => {
    const found = await tx
      .select({ idHash: sessions.idHash, isNewDevice: sessions.isNewDevice, reviewedAt: sessions.reviewedAt })
      .from(sessions)
      .where(and(isOf({ corpId, userId }), which));
    for (const { idHash, isNewDevice, reviewedAt } of found) {
      // A device that was never confirmed must count as new again.
      const reason = isNewDevice && !reviewedAt ? "rejected" : "signed_out";
      if ((await endSessions(tx, { idHash }, reason)) > 0) await recordEvent(tx, { ...event, reason });
    }
  });
}

/** Revokes all sessions of an employee at once; returns how many there were. */
export async function revokeSessionsOf(admin: RecentAdmin, userId: string): Promise<number> {
  const employee = { corpId: admin.corpId, userId };
  const by = { actorUserId: admin.userId, client: await currentClient() };
  return db.transaction(async (tx) => {
    const count = await endSessions(tx, employee, "revoked");
    await recordEvent(tx, { kind: "sessions_ended", ...employee, ...by, reason: "revoked" });
    return count;
  });
}
