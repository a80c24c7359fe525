import { and, eq, isNull, sql } from "drizzle-orm";
import { type Db } from "../db/client";
import { sessions } from "../db/schema";

export type EndReason = "signed_out" | "replaced" | "revoked" | "leaver";

type Scope = { idHash: string } | { corpId: string; userId: string };

/** Ends one session, or all of an employee's, inside the caller's transaction; returns how many were still open. */
export async function endSessions(db: Db, scope: Scope, endReason: EndReason): Promise<number> {
  const which =
    "idHash" in scope
      ? eq(sessions.idHash, scope.idHash)
      : and(eq(sessions.corpId, scope.corpId), eq(sessions.userId, scope.userId));
  const ended = await db
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason })
    .where(and(which, isNull(sessions.endedAt)))
    .returning({ idHash: sessions.idHash });
  return ended.length;
}
