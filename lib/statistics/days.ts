import { and, asc, eq, gte, lt, max, type SQL, sql } from "drizzle-orm";
import { dayAfter, dayOf, latestDays, startOfDay, timeZone } from "../beijing-time";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { auditDays } from "../db/statistics-schema";
import { parseRefusal, type Refusal } from "../refusals";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { type SignInMethod } from "../sign-in-method";

/** The days for which the overview can be asked, and a few more. */
const keptDays = 35;
/** A transaction that began before midnight may be committed this much later. */
const settledMs = 10 * 60_000;

/** Why a sign-in did not happen: a refusal, or what the employee decided on the phone. */
export type RefusedReason = Refusal | "declined" | "wrong_number";

/** What happened on each of the latest days, today the last of them; the most frequent refusal first. */
export type Activity = {
  days: { day: string; methods: Record<SignInMethod, number> }[];
  refusals: { reason: RefusedReason; count: number }[];
};

type Count = { day: string; kind: string; detail: string; count: number };

/** How many sign-ins and refusals there were on the latest days in Beijing. Days that are over are read from `audit_days`. */
export async function readActivity(admin: Admin, dayCount: number, now = new Date()): Promise<Activity> {
  const days = latestDays(dayCount, now);
  const first = days[0] ?? dayOf(now);
  const counted = await readCounted(admin.corpId, first);
  const lastCounted = counted.at(-1)?.day;
  const uncounted = lastCounted ? dayAfter(lastCounted) : first;
  const counts = [...counted, ...(await countEvents(admin.corpId, { from: startOfDay(uncounted), until: now }))];
  return {
    days: days.map((day) => ({ day, methods: countMethods(counts.filter((count) => count.day === day)) })),
    refusals: countRefusals(counts.filter(({ kind }) => kind !== "signed_in")),
  };
}

/**
 * Counts the days that are over and not counted yet, so that no page reads a month of events. Several processes may do it at
 * once. The sweep calls this.
 */
export async function countDays(now = new Date()): Promise<void> {
  const corpId = ownCorpId();
  const [last] = await db
    .select({ day: max(auditDays.day) })
    .from(auditDays)
    .where(eq(auditDays.corpId, corpId));
  const oldest = latestDays(keptDays, now)[0] ?? dayOf(now);
  const from = startOfDay(last?.day && last.day >= oldest ? dayAfter(last.day) : oldest);
  const until = startOfDay(dayOf(new Date(now.getTime() - settledMs)));
  const counts = from < until ? await countEvents(corpId, { from, until }) : [];
  if (counts.length > 0)
    await db
      .insert(auditDays)
      .values(counts.map((count) => ({ corpId, ...count })))
      .onConflictDoNothing();
  await db.delete(auditDays).where(lt(auditDays.day, oldest));
}

function readCounted(corpId: string, from: string): Promise<Count[]> {
  const { day, kind, detail, count } = auditDays;
  return db
    .select({ day, kind, detail, count })
    .from(auditDays)
    .where(and(eq(auditDays.corpId, corpId), gte(day, from)))
    .orderBy(asc(day));
}

type Span = { from: Date; until: Date };

function countEvents(corpId: string, { from, until }: Span): Promise<Count[]> {
  const { at, kind, method, reason } = auditEvents;
  const counts = db
    .select({
      day: sql<string>`to_char(${at} at time zone ${sql.raw(`'${timeZone}'`)}, 'YYYY-MM-DD')`.as("day"),
      kind,
      detail: sql<string>`coalesce(case when ${kind} = 'signed_in' then ${method} else ${reason} end, '')`.as("detail"),
      count: sql<number>`sum(${auditEvents.count})::int`.as("count"),
    })
    .from(auditEvents)
    .where(and(eq(auditEvents.corpId, corpId), gte(at, from), lt(at, until), isShown()))
    .groupBy(sql`1, 2, 3`)
    // Two processes that insert these in the same order do not wait for each other in a circle.
    .orderBy(sql`1, 2, 3`);
  return counts;
}

function isShown(): SQL {
  const { kind, reason } = auditEvents;
  return sql`(${kind} in ('signed_in', 'refused') or (${kind} = 'ticket_decided' and ${reason} in ('declined', 'wrong_number')))`;
}

function countMethods(counts: Count[]): Record<SignInMethod, number> {
  const of = (method: SignInMethod) =>
    sum(counts.filter(({ kind, detail }) => kind === "signed_in" && detail === method));
  return { silent: of("silent"), ticket: of("ticket"), frame: of("frame"), redirect: of("redirect") };
}

function countRefusals(counts: Count[]): Activity["refusals"] {
  const reasons = new Map<RefusedReason, number>();
  for (const { detail, count } of counts) {
    const reason = detail === "declined" || detail === "wrong_number" ? detail : parseRefusal(detail);
    reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  }
  return [...reasons].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count);
}

function sum(counts: Count[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}
