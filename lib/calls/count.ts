import { lt, sql } from "drizzle-orm";
import { db } from "../db/client";
import { dingtalkCalls } from "../db/statistics-schema";
import { type CallReport } from "../dingtalk/send-call";
import { log } from "../log";
import { singleton } from "../singleton";
import { addSpans, spanCount, spanOf } from "./latency";

const flushMs = 60_000;
const hourMs = 3_600_000;
/** A month, whose quota is shown, and a few days more. */
const keptDays = 35;

type Counted = typeof dingtalkCalls.$inferInsert;

/** What this process has counted since it last wrote. */
const counts = singleton("dingtalkCalls", () => new Map<string, Counted>());
const timer = singleton("callStatistics", () => setInterval(() => void flushCalls(), flushMs).unref());

/** Writes what was counted each minute from now on. */
export function startCountingCalls(): void {
  timer();
}

/** Counts a call to DingTalk, in memory: a sign-in costs no further statement. A refusal for its person's sake is no failure. */
export function countCall({ name, ms, outcome, reason }: CallReport, now = Date.now()): void {
  const hour = new Date(now - (now % hourMs));
  const key = `${hour.getTime()} ${name}`;
  const isThrottled = reason === "throttled";
  const hasFailed = outcome === "refused" ? isThrottled || reason === "busy" : outcome !== "ok";
  const before = counts().get(key) ?? { hour, name, calls: 0, failures: 0, throttled: 0, spans: emptySpans() };
  before.calls += 1;
  before.failures += Number(hasFailed);
  before.throttled += Number(isThrottled);
  before.spans[spanOf(ms)] = (before.spans[spanOf(ms)] ?? 0) + 1;
  counts().set(key, before);
}

function emptySpans(): number[] {
  return Array.from({ length: spanCount }, () => 0);
}

/**
 * Adds what was counted to the table, to which every process adds. A process calls this before it stops; what cannot be written
 * now is written later. Never throws.
 */
export async function flushCalls(): Promise<void> {
  const taken = [...counts().values()];
  if (taken.length === 0) return;
  counts().clear();
  try {
    await db.insert(dingtalkCalls).values(inOrder(taken)).onConflictDoUpdate(adding);
  } catch (err) {
    for (const counted of taken) putBack(counted);
    log().warn({ err }, "calls not counted");
  }
}

/** Two processes that lock the same rows in the same order do not wait for each other in a circle. */
function inOrder(counted: Counted[]): Counted[] {
  return counted.toSorted((a, b) => a.hour.getTime() - b.hour.getTime() || (a.name < b.name ? -1 : 1));
}

const adding = {
  target: [dingtalkCalls.hour, dingtalkCalls.name],
  set: {
    calls: sql`${dingtalkCalls.calls} + excluded.calls`,
    failures: sql`${dingtalkCalls.failures} + excluded.failures`,
    throttled: sql`${dingtalkCalls.throttled} + excluded.throttled`,
    spans: sql`array(select one + other from unnest(${dingtalkCalls.spans}, excluded.spans) with ordinality as added (one, other, place) order by place)`,
  },
};

function putBack(counted: Counted): void {
  const key = `${counted.hour.getTime()} ${counted.name}`;
  const since = counts().get(key);
  if (!since) return void counts().set(key, counted);
  since.calls += counted.calls;
  since.failures += counted.failures;
  since.throttled += counted.throttled;
  since.spans = addSpans(since.spans, counted.spans);
}

/** The sweep calls this. */
export async function deleteOldCalls(): Promise<void> {
  await db.delete(dingtalkCalls).where(lt(dingtalkCalls.hour, sql`now() - make_interval(days => ${keptDays})`));
}
