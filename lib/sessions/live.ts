import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { env } from "../env";
import { hashSecret } from "../secrets";

/** How often a session's last use is written down, in seconds. A finer record would cost a write on every page. */
const touchSeconds = 60;

/** Neither ended, nor past its absolute limit, nor left unused past the idle limit; by the database's clock. */
export function isLive(): SQL | undefined {
  const idleSince = sql`now() - make_interval(secs => ${env().SESSION_IDLE_HOURS * 3600})`;
  return and(isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`), gt(sessions.lastSeenAt, idleSince));
}

/** The live session with this id and its employee, or null. Revocation holds from the very next call. */
export async function findLiveSession(sessionId: string) {
  const handle = await db();
  const idHash = hashSecret(sessionId);
  // A database that once served another company must not lend its people this one's rights. (S9)
  const isOwnCompany = eq(sessions.corpId, env().DINGTALK_CORP_ID);
  const [found] = await handle
    .select({
      session: sessions,
      employee: employees,
      needsTouch: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(secs => ${touchSeconds})`,
    })
    .from(sessions)
    .innerJoin(employees, and(eq(employees.corpId, sessions.corpId), eq(employees.userId, sessions.userId)))
    .where(and(eq(sessions.idHash, idHash), isOwnCompany, eq(employees.active, true), isLive()));
  if (!found) return null;
  if (found.needsTouch)
    await handle
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(and(eq(sessions.idHash, idHash), isLive()));
  return { session: found.session, employee: found.employee };
}
