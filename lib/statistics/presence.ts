import { and, count, eq, gt, isNull, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { db } from "../db/client";
import { sessions } from "../db/schema";
import { env } from "../env";
import { type Admin } from "../sessions/permission";

/** Who is signed in: now, and how many people were at each hour of the last 24, the present one last. */
export type Presence = { people: number; devices: number; hours: { at: Date; people: number }[] };

const hourMs = 3_600_000;
const hoursBack = 24;

/**
 * Counts the people who are signed in, now and in the last 24 hours. Each session is read once, as a number whose bits say at
 * which of the 25 moments it was live; the sessions of a person are combined before they are counted.
 */
export async function readPresence(admin: Admin, now = new Date()): Promise<Presence> {
  const spans = await countSpans(admin.corpId);
  const at = (hour: number) => new Date(now.getTime() - (hoursBack - hour) * hourMs);
  const peopleAt = (hour: number) =>
    spans.filter(({ bits }) => (bits >> hour) & 1).reduce((total, { people }) => total + people, 0);
  const hours = Array.from({ length: hoursBack + 1 }, (_, hour) => ({ at: at(hour), people: peopleAt(hour) }));
  const devices = spans.reduce((total, span) => total + span.devices, 0);
  return { people: peopleAt(hoursBack), devices, hours };
}

/** How many people were signed in at the same moments. */
function countSpans(corpId: string) {
  const selected = { userId: sessions.userId, bits: liveBits().as("bits") };
  const isOwn = eq(sessions.corpId, corpId);
  const open = db
    .select(selected)
    .from(sessions)
    .where(and(isOwn, isNull(sessions.endedAt)));
  const ended = db
    .select(selected)
    .from(sessions)
    .where(and(isOwn, gt(sessions.endedAt, sql`now() - make_interval(hours => ${hoursBack})`)));
  const spans = unionAll(open, ended).as("spans");
  const isLiveNow = sql`(${spans.bits} >> ${sql.raw(String(hoursBack))}) & 1 = 1`;
  const people = db
    .select({
      bits: sql<number>`bit_or(${spans.bits})`.as("bits"),
      devices: sql<number>`count(*) filter (where ${isLiveNow})`.as("devices"),
    })
    .from(spans)
    .groupBy(spans.userId)
    .as("people");
  return db
    .select({
      bits: people.bits,
      people: count(),
      devices: sql`sum(${people.devices})`.mapWith(Number),
    })
    .from(people)
    .groupBy(people.bits);
}

/** A session counts from its start until it ended or passed one of its limits. */
function liveBits() {
  const idleEnd = sql`${sessions.lastSeenAt} + make_interval(secs => ${env().SESSION_IDLE_HOURS * 3600})`;
  const end = sql`coalesce(${sessions.endedAt}, least(${sessions.expiresAt}, ${idleEnd}))`;
  const hour = (time: ReturnType<typeof sql>) => sql`ceil(24 - extract(epoch from now() - ${time}) / 3600)`;
  const first = sql`greatest(0, least(25, ${hour(sql`${sessions.startedAt}`)}))::int`;
  const after = sql`greatest(0, least(25, ${hour(end)}))::int`;
  return sql<number>`greatest(0, (1 << ${after}) - (1 << ${first}))`;
}
