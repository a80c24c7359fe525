import { and, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { env } from "../env";
import { type ClientInfo } from "../http/client-info";
import { log } from "../log";
import { hashSecret, randomSecret } from "../secrets";
import { type SignInMethod } from "../sign-in-method";

export type NewSession = {
  corpId: string;
  userId: string;
  method: SignInMethod;
  client: ClientInfo;
  /** The phone that approved a ticket. */
  approvedFrom?: ClientInfo | undefined;
  /** The browser or the network is new for this employee. */
  isNewDevice?: boolean;
};

/**
 * Creates a session inside the caller's transaction, notes the sign-in on the employee, and returns the session's id.
 * From then on only the cookie holds it; the database has its hash.
 */
export async function createSession(tx: Db, { client, approvedFrom, ...session }: NewSession): Promise<string> {
  const id = randomSecret();
  const expiresAt = sql`now() + make_interval(secs => ${env().SESSION_MAX_DAYS * 86_400})`;
  const approved = { approvedIp: approvedFrom?.ip, approvedUserAgent: approvedFrom?.userAgent };
  const isOwner = and(eq(employees.corpId, session.corpId), eq(employees.userId, session.userId));
  // One statement for both: a person is waiting.
  const noted = tx
    .$with("noted")
    .as(
      tx.update(employees).set({ lastSignedInAt: sql`now()` }).where(isOwner).returning({ userId: employees.userId }),
    );
  await tx
    .with(noted)
    .insert(sessions)
    .values({ ...session, ...client, ...approved, idHash: hashSecret(id), expiresAt });
  return id;
}

/** How often a session's last use is written down, in seconds. A finer record would cost a write on every page. */
const touchSeconds = 60;

/** The live session with this id and its employee, or null. A revoked session is gone at the very next call. (S25) */
export async function findLiveSession(sessionId: string) {
  const idHash = hashSecret(sessionId);
  // A database that once served another company must not lend its people this one's rights. (S9)
  const isOwnCompany = eq(sessions.corpId, env().DINGTALK_CORP_ID);
  const [found] = await db
    .select({
      session: sessions,
      employee: employees,
      needsTouch: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(secs => ${touchSeconds})`,
    })
    .from(sessions)
    .innerJoin(employees, and(eq(employees.corpId, sessions.corpId), eq(employees.userId, sessions.userId)))
    .where(and(eq(sessions.idHash, idHash), isOwnCompany, eq(employees.active, true), isLive()));
  if (!found) return null;
  if (found.needsTouch) await touch(idHash).catch((err) => log().warn({ err }, "last use of a session not recorded"));
  return { session: found.session, employee: found.employee };
}

async function touch(idHash: string): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.idHash, idHash), isLive()));
}

/** Neither ended, nor past its absolute limit, nor unused past the idle limit; by the database's clock. (S24) */
export function isLive(): SQL | undefined {
  const idleSince = sql`now() - make_interval(secs => ${env().SESSION_IDLE_HOURS * 3600})`;
  return and(isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`), gt(sessions.lastSeenAt, idleSince));
}

export type Owner = { corpId: string; userId: string };

/** The sessions of one employee, ended ones included. */
export function isOf({ corpId, userId }: Owner): SQL | undefined {
  return and(eq(sessions.corpId, corpId), eq(sessions.userId, userId));
}

export type EndReason = "signed_out" | "replaced" | "revoked" | "leaver" | "over_limit" | "rejected" | "expired";

type Scope = { idHash: string } | Owner;

/** Ends one session, or all of an employee's, inside the caller's transaction; returns how many were not ended yet. */
export async function endSessions(tx: Db, scope: Scope, endReason: EndReason): Promise<number> {
  const which = "idHash" in scope ? eq(sessions.idHash, scope.idHash) : isOf(scope);
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`least(now(), ${sessions.expiresAt})`, endReason })
    .where(and(which, isNull(sessions.endedAt)))
    .returning({ idHash: sessions.idHash });
  return ended.length;
}

type OwnSession = { idHash: string; corpId: string; userId: string; client: ClientInfo };

/** Ends the session in which an employee signs out, together with its audit event. */
export async function endOnSignOut({ idHash, corpId, userId, client }: OwnSession): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await endSessions(tx, { idHash }, "signed_out");
    if (ended > 0) await recordEvent(tx, { kind: "signed_out", corpId, userId, client });
  });
}
