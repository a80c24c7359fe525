import { and, desc, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type PageKey, readPageKey, writePageKey } from "../db/page-key";
import { employees, sessions } from "../db/schema";
import { countList } from "../db/total";
import { employeeSchema } from "../dingtalk/employee";
import { currentClient } from "../http/client-info";
import { matchesWords, recordSearch, wordsOf } from "../search/words";
import { type Admin, type RecentAdmin } from "./permission";
import { announceEnd, endSessions, isLive } from "./session";
import { type SessionView, viewSession } from "./view";

export type CompanySession = SessionView & { userId: string; name: string; avatarUrl: string | null };
export type SessionPage = { sessions: CompanySession[]; next: string | null; total: number };

const pageSize = 50;

export type SessionQuery = { search: string; after: string | null };

/**
 * One page of the company's live sessions, the newest first. `after` is the `next` of the previous page. A search finds the employee or
 * the beginning of the address, and each page of it is recorded. (S25, S37)
 */
export async function listCompanySessions(admin: Admin, { search, after }: SessionQuery): Promise<SessionPage> {
  const words = wordsOf(search);
  if (words.length > 0) await recordSearch(admin, "sessions_searched", words);
  const live = and(eq(sessions.corpId, admin.corpId), isLive(), ...words.map(matchesWord));
  const key = readPageKey(after);
  const rows = await db
    .select({ session: sessions, details: employees.details })
    .from(sessions)
    .innerJoin(employees, and(eq(employees.corpId, sessions.corpId), eq(employees.userId, sessions.userId)))
    .where(and(live, isAfter(key)))
    .orderBy(desc(sessions.startedAt), desc(sessions.idHash))
    .limit(pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1)?.session : undefined;
  return {
    sessions: shown.map(describe),
    next: last ? writePageKey({ at: last.startedAt, id: last.idHash }) : null,
    total: key || last ? await countSessions(live, [admin.corpId, ...words]) : rows.length,
  };
}

function countSessions(where: SQL | undefined, named: string[]): Promise<number> {
  return countList({ name: JSON.stringify(["sessions", ...named]), table: sessions, where });
}

function matchesWord(word: string): SQL {
  const isTheirs = and(eq(employees.corpId, sessions.corpId), eq(employees.userId, sessions.userId));
  const isFound = sql`exists (select 1 from ${employees} where ${and(isTheirs, matchesWords([word]))})`;
  return sql`(${isFound} or starts_with(${sessions.ip}, ${word}))`;
}

type Row = { session: typeof sessions.$inferSelect; details: unknown };

function describe({ session, details }: Row): CompanySession {
  const { userId, name, avatarUrl } = employeeSchema.parse(details);
  return { ...viewSession(session), userId, name, avatarUrl };
}

/** Revokes one session of any employee; false when it had ended already. */
export async function revokeSession(admin: Admin, id: string): Promise<boolean> {
  const { corpId, userId: actorUserId } = admin;
  const by = { actorUserId, client: await currentClient() };
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ userId: sessions.userId })
      .from(sessions)
      .where(and(eq(sessions.idHash, id), eq(sessions.corpId, corpId)));
    if (!found || (await endSessions(tx, { idHash: id }, "revoked")) === 0) return false;
    await recordEvent(tx, { kind: "session_ended", corpId, userId: found.userId, ...by, reason: "revoked" });
    return true;
  });
}

/** Revokes every session of the company at once, except the admin's own where `keepsOwn`; returns how many were live. */
export async function revokeCompanySessions(admin: RecentAdmin, { keepsOwn }: { keepsOwn: boolean }): Promise<number> {
  const { corpId, userId: actorUserId, session } = admin;
  const which = and(
    eq(sessions.corpId, corpId),
    isNull(sessions.endedAt),
    keepsOwn ? ne(sessions.idHash, session.id) : undefined,
  );
  const client = await currentClient();
  return db.transaction(async (tx) => {
    const count = await tx.$count(sessions, and(which, isLive()));
    await tx
      .update(sessions)
      .set({ endedAt: sql`now()`, endReason: "revoked" })
      .where(which)
      .returning({ announced: announceEnd });
    await recordEvent(tx, { kind: "company_sessions_ended", corpId, actorUserId, reason: "revoked", client });
    return count;
  });
}

/** A comparison of rows is a condition of the index, so that a page in the middle costs as little as the first one. */
function isAfter(key: PageKey | null): SQL | undefined {
  if (!key) return undefined;
  // An SQL expression does not encode its parameters, and the PostgreSQL driver does not accept a Date.
  const startedAt = sql.param(key.at, sessions.startedAt);
  return sql`(${sessions.startedAt}, ${sessions.idHash}) < (${startedAt}::timestamptz, ${key.id})`;
}
