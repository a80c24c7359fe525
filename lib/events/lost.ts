import { and, eq, inArray } from "drizzle-orm";
import { db } from "../db/client";
import { lookUps } from "../db/events-schema";
import { employees } from "../db/schema";
import { takeTurn } from "../db/turns";
import { DingTalkError } from "../dingtalk/errors";
import { type UserId } from "../dingtalk/identity";
import { refreshEmployee } from "../employees/refresh";
import { env } from "../env";
import { log } from "../log";
import { dingtalk, ownCorpId } from "../services";
import { singleton } from "../singleton";
import { receiveEvent } from "./work";

/** How often this process asks whether it is its turn; the interval itself is RECHECK_MINUTES for all processes together. */
const everyMs = 15_000;
/** A record may appear some time after the person left. */
const overlapMs = 10 * 60_000;
/** The first look goes back this far. */
const firstLookMs = 24 * 3_600_000;
const maxPages = 100;

const timer = singleton("lostEvents", () => setInterval(() => void lookForLostEvents(), everyMs).unref());
const refused = singleton("refusedLookUps", () => new Set<string>());

/** Looks from now on for leavers of whom no event arrived. */
export function startLooking(): void {
  if (env().RECHECK_MINUTES === null) return;
  timer();
  void lookForLostEvents();
}

/**
 * Once per RECHECK_MINUTES, in one process of all: takes the pushes that failed, and confirms who is in the leave records since
 * the last look. Logs failures and never throws. (S26)
 */
export async function lookForLostEvents(): Promise<void> {
  if (env().DINGTALK_EVENTS === "http") await lookUp("failed pushes", takeFailedEvents);
  await lookUp("leave records", confirmLeavers);
}

type Work = (since: Date) => Promise<void>;

async function lookUp(name: string, work: Work): Promise<void> {
  try {
    const firstUpTo = new Date(Date.now() - firstLookMs);
    const since = await takeTurn({ name, everyMinutes: env().RECHECK_MINUTES ?? 0, firstUpTo });
    if (!since) return;
    const startedAt = new Date();
    await work(since);
    await db.update(lookUps).set({ upTo: startedAt }).where(eq(lookUps.name, name));
    refused().delete(name);
  } catch (err) {
    // Without the permission, DingTalk refuses each time: one line says so.
    const isKnown = refused().has(name);
    if (err instanceof DingTalkError && err.kind === "refused") refused().add(name);
    log()[isKnown ? "debug" : "warn"]({ name, err }, "lost events not looked for");
  }
}

/** DingTalk forgets what it returns, so that each event is stored before the next call. */
async function takeFailedEvents(): Promise<void> {
  for (let page = 0; page < maxPages; page += 1) {
    const { events, hasMore } = await dingtalk().takeFailedEvents();
    for (const event of events) await receiveEvent(event);
    if (!hasMore) return;
  }
}

/** Only who is stored as active is asked for, and DingTalk's answer about each decides: a returner is in the records too. */
async function confirmLeavers(since: Date): Promise<void> {
  let nextToken: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const found = await dingtalk().listLeavers(since.getTime() - overlapMs, nextToken);
    for (const userId of await listActive(found.userIds)) await refreshEmployee(userId);
    if (found.nextToken === null) return;
    nextToken = found.nextToken;
  }
}

async function listActive(userIds: UserId[]): Promise<UserId[]> {
  if (userIds.length === 0) return [];
  const rows = await db
    .select({ userId: employees.userId })
    .from(employees)
    .where(and(eq(employees.corpId, ownCorpId()), employees.active, inArray(employees.userId, userIds)));
  const active = new Set(rows.map(({ userId }) => userId));
  return userIds.filter((userId) => active.has(userId));
}
