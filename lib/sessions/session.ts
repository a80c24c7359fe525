import { and, eq, gt, isNull, type Placeholder, type SQL, sql, type WithSubquery } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { builtOnce, type Db, db, notify } from "../db/client";
import { employees, sessions } from "../db/schema";
import { env } from "../env";
import { type ClientInfo } from "../http/client-info";
import { log } from "../log";
import { hashSecret } from "../secrets";

/** How often a session's last use is written down, in seconds. A finer record would cost a write on every page. */
const touchSeconds = 60;

/** The live session with this id and its employee, or null. A revoked session is gone at the very next call. (S25) */
export async function findLiveSession(sessionId: string) {
  const idHash = hashSecret(sessionId);
  const [found] = await liveSession().execute({ idHash, corpId: env().DINGTALK_CORP_ID, idleSeconds: idleSeconds() });
  if (!found) return null;
  if (found.needsTouch) await touch(idHash).catch((err) => log().warn({ err }, "last use of a session not recorded"));
  return { session: found.session, employee: found.employee };
}

/** Every request asks this. */
const liveSession = builtOnce((db) => {
  // A database that once served another company must not lend its people this one's rights. (S9)
  const isOwnCompany = eq(sessions.corpId, sql.placeholder("corpId"));
  const isAsked = eq(sessions.idHash, sql.placeholder("idHash"));
  return db
    .select({
      session: sessions,
      employee: employees,
      needsTouch: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(secs => ${touchSeconds})`,
    })
    .from(sessions)
    .innerJoin(employees, and(eq(employees.corpId, sessions.corpId), eq(employees.userId, sessions.userId)))
    .where(and(isAsked, isOwnCompany, eq(employees.active, true), isLive(sql.placeholder("idleSeconds"))))
    .prepare("live session");
});

async function touch(idHash: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.idHash, idHash), isLive()));
}

/** Neither ended, nor past its absolute limit, nor unused past the idle limit; by the database's clock. (S24) */
export function isLive(idle: number | Placeholder = idleSeconds()): SQL | undefined {
  const idleSince = sql`now() - make_interval(secs => ${idle})`;
  return and(isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`), gt(sessions.lastSeenAt, idleSince));
}

function idleSeconds(): number {
  return env().SESSION_IDLE_HOURS * 3600;
}

export type Owner = { corpId: string; userId: string };

/** The sessions of one employee, ended ones included. */
export function isOf({ corpId, userId }: Owner): SQL | undefined {
  return and(eq(sessions.corpId, corpId), eq(sessions.userId, userId));
}

export type EndReason = "signed_out" | "replaced" | "revoked" | "leaver" | "over_limit" | "rejected" | "expired";

/** Says which session ended. The part behind the key is empty. */
export const sessionChannel = "sessions";

/** For the `returning` clause of every statement that ends sessions: open pages of them notice it. */
export const announceEnd = notify(sessionChannel, sql`${sessions.idHash}`);

type Scope = { idHash: string } | Owner;

/** Ends one session, or all of an employee's, inside the caller's transaction; returns how many were not ended yet. */
export async function endSessions(tx: Db, scope: Scope, endReason: EndReason): Promise<number> {
  return (await end(tx, scope, endReason)).length;
}

/** The same for one session, as a part of the statement that replaces it, for its `with`. */
export function endPart(tx: Db, idHash: string, endReason: EndReason): WithSubquery {
  return tx.$with("ended").as(end(tx, { idHash }, endReason));
}

function end(tx: Db, scope: Scope, endReason: EndReason) {
  const which = "idHash" in scope ? eq(sessions.idHash, scope.idHash) : isOf(scope);
  return tx
    .update(sessions)
    .set({ endedAt: sql`least(now(), ${sessions.expiresAt})`, endReason })
    .where(and(which, isNull(sessions.endedAt)))
    .returning({ idHash: sessions.idHash, announced: announceEnd });
}

type OwnSession = { idHash: string; corpId: string; userId: string; client: ClientInfo };

/** Ends the session in which an employee signs out, together with its audit event. */
export async function endOnSignOut({ idHash, corpId, userId, client }: OwnSession): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await endSessions(tx, { idHash }, "signed_out");
    if (ended > 0) await recordEvent(tx, { kind: "signed_out", corpId, userId, client });
  });
}
