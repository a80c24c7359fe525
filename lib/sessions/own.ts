import { and, desc, eq, ne } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { endSessions } from "./end";
import { isLive } from "./live";
import { type Viewer } from "./permission";
import { type SessionView, viewSession } from "./view";

/** The viewer's open sessions, newest first. */
export async function ownSessions(viewer: Viewer): Promise<SessionView[]> {
  const handle = await db();
  const rows = await handle
    .select()
    .from(sessions)
    .where(and(ofViewer(viewer), isLive()))
    .orderBy(desc(sessions.startedAt))
    .limit(100);
  return rows.map(viewSession);
}

/** Ends one of the viewer's sessions; somebody else's stays as it is. */
export async function endOwnSession(viewer: Viewer, id: string): Promise<void> {
  const handle = await db();
  const mine = await handle
    .select({ idHash: sessions.idHash })
    .from(sessions)
    .where(and(ofViewer(viewer), eq(sessions.idHash, id)));
  await endEach(viewer, mine);
}

/** Ends all of the viewer's sessions but the one that asks. */
export async function endOtherSessions(viewer: Viewer): Promise<void> {
  const handle = await db();
  const others = await handle
    .select({ idHash: sessions.idHash })
    .from(sessions)
    .where(and(ofViewer(viewer), ne(sessions.idHash, viewer.session.id), isLive()));
  await endEach(viewer, others);
}

async function endEach({ corpId, userId }: Viewer, which: { idHash: string }[]): Promise<void> {
  const handle = await db();
  await handle.transaction(async (change) => {
    for (const { idHash } of which) {
      const ended = await endSessions(change, { idHash }, "signed_out");
      if (ended > 0)
        await recordEvent(change, { kind: "session_ended", corpId, userId, actorUserId: userId, reason: "signed_out" });
    }
  });
}

function ofViewer({ corpId, userId }: Viewer) {
  return and(eq(sessions.corpId, corpId), eq(sessions.userId, userId));
}
