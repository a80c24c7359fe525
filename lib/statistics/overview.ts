import { and, desc, eq, gt, isNotNull, sql } from "drizzle-orm";
import { findLastCheckpoint, isGenuine } from "../audit/checkpoints";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { type SyncSummary, summariseSync } from "../directory/admin";
import { findLastReceived } from "../events/store";
import { eventState } from "../events/stream";
import { isDingTalkDown } from "../services";
import { type Admin } from "../sessions/permission";
import { type Activity, readActivity } from "./days";
import { type CallStatistics, type Quota, readCalls, readQuota } from "./dingtalk";
import { type Presence, readPresence } from "./presence";

/** So many refusals of one address within an hour are more than an office's mistakes. */
const manyRefusals = 50;

/** What an admin should look at. */
export type Attention =
  | { what: "dingtalk_down" | "events_disconnected" | "quota_used" | "quota_expected" | "sync_failed" | "chain_forged" }
  | { what: "sync_paused" | "not_recognised"; count: number }
  | { what: "many_refusals"; count: number; ip: string };

export type Overview = {
  activity: Activity;
  presence: Presence;
  sync: SyncSummary;
  events: ReturnType<typeof eventState>;
  calls: CallStatistics;
  quota: Quota;
  attention: Attention[];
  at: Date;
};

/** The pictures of the overview, and what needs a person. No part of it names an employee. */
export async function readOverview(admin: Admin, days: number): Promise<Overview> {
  const at = new Date();
  const [activity, presence, sync, calls, quota, lastEventAt] = await Promise.all([
    readActivity(admin, days, at),
    readPresence(admin, at),
    summariseSync(admin),
    readCalls(admin, at),
    readQuota(admin, at),
    findLastReceived(),
  ]);
  // Another process may have received it, or this one before it was started anew.
  const events = { ...eventState(), lastEventAt };
  const attention = [...listStates({ sync, quota, events }), ...(await findEvents(admin)), ...(await findForgery())];
  return { activity, presence, sync, events, calls, quota, attention, at };
}

function listStates({ sync, quota, events }: Pick<Overview, "sync" | "quota" | "events">): Attention[] {
  const { used, limit, expected } = quota;
  const states: Attention[] = [];
  if (sync.latest?.state === "paused") states.push({ what: "sync_paused", count: sync.leavers });
  if (isDingTalkDown()) states.push({ what: "dingtalk_down" });
  if (events.isConnected === false) states.push({ what: "events_disconnected" });
  if (used >= limit) states.push({ what: "quota_used" });
  else if (expected !== null && expected > limit) states.push({ what: "quota_expected" });
  if (sync.latest?.state === "failed") states.push({ what: "sync_failed" });
  return states;
}

async function findForgery(): Promise<Attention[]> {
  const checkpoint = await findLastCheckpoint(db);
  return checkpoint && !isGenuine(checkpoint) ? [{ what: "chain_forged" }] : [];
}

async function findEvents({ corpId }: Admin): Promise<Attention[]> {
  const { kind, at, ip, reason } = auditEvents;
  const times = sql<number>`sum(${auditEvents.count})::int`;
  const isOf = (name: string, interval: string) =>
    and(eq(auditEvents.corpId, corpId), eq(kind, name), gt(at, sql`now() - ${interval}::interval`));
  const [[most], [rejected]] = await Promise.all([
    db
      .select({ ip, count: times })
      .from(auditEvents)
      .where(and(isOf("refused", "1 hour"), isNotNull(ip)))
      .groupBy(ip)
      .orderBy(desc(times))
      .limit(1),
    db
      .select({ count: times })
      .from(auditEvents)
      .where(and(isOf("session_ended", "1 day"), eq(reason, "rejected"))),
  ]);
  const found: Attention[] = [];
  if (most?.ip && most.count >= manyRefusals) found.push({ what: "many_refusals", ip: most.ip, count: most.count });
  if (rejected?.count) found.push({ what: "not_recognised", count: rejected.count });
  return found;
}
