import { gte, min, sql } from "drizzle-orm";
import { dayMs, monthOf } from "../beijing-time";
import { addSpans, percentile } from "../calls/latency";
import { db } from "../db/client";
import { dingtalkCalls } from "../db/statistics-schema";
import { env } from "../env";
import { type Admin } from "../sessions/permission";

const hourMs = 3_600_000;
const hoursShown = 24;

type Stored = typeof dingtalkCalls.$inferSelect;

/** Times in milliseconds; null in an hour without calls. */
export type CallHour = { at: Date; p50: number | null; p95: number | null; failures: number };

export type CallStatistics = {
  calls: number;
  p50: number | null;
  p95: number | null;
  failures: number;
  hours: CallHour[];
};

export const quotaGroups = ["directory", "events", "notifications", "rest"] as const;
export type QuotaGroup = (typeof quotaGroups)[number];

export type Quota = {
  used: number;
  /** Calls that DingTalk does not count, such as those of sign-ins. */
  exempt: number;
  limit: number;
  /** What the month will have used at its end, if it goes on as before; null while less than a day is known of it. */
  expected: number | null;
  groups: { group: QuotaGroup; used: number }[];
};

/**
 * DingTalk does not count these for the monthly quota.
 * https://open.dingtalk.com/document/development/basic-interfaces-such-as-log-off-and-address-book
 */
const exempt = new Set([
  ...["userAccessToken", "accessToken", "corpId/token", "contact/users", "v2/user/getuserinfo", "user/getbyunionid"],
  ...["v2/user/get", "user/get", "v2/user/list", "user/count", "contact/empLeaveRecords"],
  ...["v2/department/get", "v2/department/listsub", "v2/department/listparentbyuser"],
]);

const groupOf = new Map<string, QuotaGroup>([
  ["auth/scopes", "directory"],
  ["get_call_back_failed_result", "events"],
  ["gateway/connections/open", "events"],
  ["corpconversation/asyncsend_v2", "notifications"],
]);

/** How DingTalk's APIs answered within the last 24 hours, by every process together, at most a minute late. */
export async function readCalls(_admin: Admin, now = new Date()): Promise<CallStatistics> {
  const thisHour = now.getTime() - (now.getTime() % hourMs);
  const first = new Date(thisHour - (hoursShown - 1) * hourMs);
  const rows = await db.select().from(dingtalkCalls).where(gte(dingtalkCalls.hour, first));
  const hours = Array.from({ length: hoursShown }, (_, index) => {
    const at = new Date(thisHour - (hoursShown - 1 - index) * hourMs);
    return { at, ...summarise(rows.filter(({ hour }) => hour.getTime() === at.getTime())) };
  });
  return { ...summarise(rows), hours };
}

function summarise(rows: Stored[]) {
  const spans = rows.reduce<number[]>((sum, row) => addSpans(sum, row.spans), []);
  return {
    calls: total(rows),
    p50: percentile(spans, 0.5),
    p95: percentile(spans, 0.95),
    failures: rows.reduce((sum, { failures }) => sum + failures, 0),
  };
}

/** What this app used of the organisation's monthly quota, as far as it called DingTalk itself. */
export async function readQuota(_admin: Admin, now = new Date()): Promise<Quota> {
  const { begins, ends } = monthOf(now);
  const { name, calls, hour } = dingtalkCalls;
  const [rows, [oldest]] = await Promise.all([
    db
      .select({ name, calls: sql<number>`sum(${calls})::int` })
      .from(dingtalkCalls)
      .where(gte(hour, begins))
      .groupBy(name),
    db.select({ hour: min(hour) }).from(dingtalkCalls),
  ]);
  const metered = rows.filter(({ name }) => !exempt.has(name));
  const used = total(metered);
  const ofGroup = (group: QuotaGroup) => total(metered.filter(({ name }) => (groupOf.get(name) ?? "rest") === group));
  return {
    used,
    exempt: total(rows) - used,
    limit: env().DINGTALK_MONTHLY_QUOTA,
    expected: project(used, { begins: latest(begins, oldest?.hour ?? now), now, ends }),
    groups: quotaGroups.map((group) => ({ group, used: ofGroup(group) })),
  };
}

type Pace = { begins: Date; now: Date; ends: Date };

/** An app that was installed in the middle of the month called nothing before: its pace is that of the days since. */
function project(used: number, { begins, now, ends }: Pace): number | null {
  const elapsedMs = now.getTime() - begins.getTime();
  if (elapsedMs < dayMs) return null;
  return Math.round(used + (used * (ends.getTime() - now.getTime())) / elapsedMs);
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function total(rows: { calls: number }[]): number {
  return rows.reduce((sum, { calls }) => sum + calls, 0);
}
