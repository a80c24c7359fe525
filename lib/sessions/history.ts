import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { type PageKey, readPageKey, writePageKey } from "../db/page-key";
import { sessions } from "../db/schema";
import { env } from "../env";
import { describeDevice } from "../http/client-info";
import { parseRefusal, type Refusal } from "../refusals";
import { type SignInMethod } from "../sign-in-method";
import { naturalEnd } from "./expired";
import { deviceMemoryDays } from "./new-device";
import { type Admin } from "./permission";
import { type EndReason, isLive, isOf, type Owner } from "./session";
import { type SessionView, viewSession } from "./view";
import { type Ending } from "./watch";

type Refused = {
  method: SignInMethod | null;
  browser: string | null;
  system: string | null;
  ip: string | null;
  reason: Refusal;
  reference: string | null;
  /** How many refusals it stands for: repetitions are summarised. */
  count: number;
};

/** A sign-in of an employee, with how its session ended or null while it is live; or a refused one. */
export type SignIn = { key: string; at: Date } & (
  | { kind: "session"; session: SessionView; ending: Ending | null }
  | { kind: "refusal"; refused: Refused }
);

export type SignInPage = { signIns: SignIn[]; next: string | null; keptDays: { sessions: number; refusals: number } };

const pageSize = 20;

/** One page of an employee's sign-ins, the newest first, as far back as they are kept. `after` is the `next` of the page before. */
export async function listSignIns(
  { corpId }: Admin,
  { userId, after }: { userId: string; after: string | null },
): Promise<SignInPage> {
  const owner = { corpId, userId };
  const key = readPageKey(after);
  const [began, refused] = await Promise.all([listSessions(owner, key), listRefusals(owner, key)]);
  // Of the same moment, sessions are first; a stable sort keeps the order of each list.
  const found = [...began, ...refused].sort((a, b) => b.at.getTime() - a.at.getTime());
  const signIns = found.slice(0, pageSize);
  const last = found.length > pageSize ? signIns.at(-1) : undefined;
  return {
    signIns,
    next: last ? writePageKey({ at: last.at, id: last.key }) : null,
    keptDays: { sessions: deviceMemoryDays, refusals: env().AUDIT_RETENTION_DAYS },
  };
}

async function listSessions(owner: Owner, key: PageKey | null): Promise<SignIn[]> {
  const rows = await db
    .select({
      session: sessions,
      // The sweep notes only later that a session has expired.
      reason: sql<EndReason | null>`case when ${sessions.endedAt} is null then 'expired' else ${sessions.endReason} end`,
      isLive: sql<boolean>`${isLive()}`,
      expiredAt: naturalEnd().mapWith(sessions.expiresAt),
    })
    .from(sessions)
    .where(and(isOf(owner), isSessionAfter(key)))
    .orderBy(desc(sessions.startedAt), desc(sessions.idHash))
    .limit(pageSize + 1);
  return rows.map(({ session, reason, isLive, expiredAt }) => ({
    kind: "session",
    key: `s${session.idHash}`,
    at: session.startedAt,
    session: viewSession(session),
    ending: isLive ? null : { endedAt: session.endedAt ?? expiredAt, reason },
  }));
}

async function listRefusals({ corpId, userId }: Owner, key: PageKey | null): Promise<SignIn[]> {
  const isRefused = eq(auditEvents.kind, "refused");
  const isTheirs = and(eq(auditEvents.corpId, corpId), eq(auditEvents.userId, userId));
  const rows = await db
    .select()
    .from(auditEvents)
    .where(and(isTheirs, isRefused, isRefusalAfter(key)))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(pageSize + 1);
  return rows.map(({ id, at, userAgent, ip, method, reference, count, ...event }) => {
    const { browser, system } = describeDevice(userAgent);
    const reason = parseRefusal(event.reason ?? "");
    return { kind: "refusal", key: `r${id}`, at, refused: { method, browser, system, ip, reason, reference, count } };
  });
}

/** A comparison of rows is a condition of the index, so that a page in the middle costs as little as the first one. */
function isSessionAfter(key: PageKey | null): SQL | undefined {
  if (!key) return undefined;
  // An SQL expression does not encode its parameters, and the PostgreSQL driver does not accept a Date.
  const at = sql.param(key.at, sessions.startedAt);
  // Behind a refusal there are only earlier sessions: no id is smaller than the empty one.
  const id = key.id.startsWith("s") ? key.id.slice(1) : "";
  return sql`(${sessions.startedAt}, ${sessions.idHash}) < (${at}::timestamptz, ${id})`;
}

function isRefusalAfter(key: PageKey | null): SQL | undefined {
  if (!key) return undefined;
  const at = sql.param(key.at, auditEvents.at);
  const id = /^r\d{1,15}$/.test(key.id) ? key.id.slice(1) : String(Number.MAX_SAFE_INTEGER);
  return sql`(${auditEvents.at}, ${auditEvents.id}) < (${at}::timestamptz, ${id}::bigint)`;
}
