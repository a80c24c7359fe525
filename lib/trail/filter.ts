import { and, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { kindsWith } from "../audit/outcomes";
import { auditChain, auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { readPageKey, writePageKey } from "../db/page-key";
import { type Admin } from "../sessions/permission";
import { findPeople } from "./people";
import { boundsOf, type TrailQuery } from "./query";

/** What a query asks of each event, split so that an index answers the first parts. */
export type Filter = {
  corpId: string;
  userIds: string[] | null;
  kinds: string[] | null;
  reference: string | null;
  rest: SQL | undefined;
};

export type Selected = { event: typeof auditEvents.$inferSelect; chain: typeof auditChain.$inferSelect | null };

/** The filter of a query, and whether its text means more people than are looked for. */
export async function readFilter(admin: Admin, query: TrailQuery): Promise<{ filter: Filter; isCut: boolean }> {
  const people = await findPeople(admin, query.person);
  const [begin, end] = boundsOf(query, new Date());
  const outcome = query.outcome && kindsWith(query.outcome);
  const kinds = outcome && [...new Set([...outcome.kinds, ...outcome.only.map((key) => key.split(" ")[0] ?? "")])];
  const rest = and(
    begin ? gte(auditEvents.at, begin) : undefined,
    end ? lt(auditEvents.at, end) : undefined,
    query.kind ? eq(auditEvents.kind, query.kind) : undefined,
    outcome ? hasOutcome(outcome) : undefined,
  );
  const filter = {
    corpId: admin.corpId,
    userIds: people?.userIds ?? null,
    kinds: query.kind ? [query.kind] : kinds,
    reference: query.reference || null,
    rest,
  };
  return { filter, isCut: people?.isCut ?? false };
}

function hasOutcome({ kinds, except, only }: ReturnType<typeof kindsWith>): SQL {
  const key = sql`(${auditEvents.kind} || ' ' || split_part(coalesce(${auditEvents.reason}, ''), ' ', 1))`;
  return sql`((${auditEvents.kind} = any(${list(kinds)}) and ${key} <> all(${list(except)})) or ${key} = any(${list(only)}))`;
}

/** One parameter, so that a statement has one text for any number of values. */
function list(values: string[]): SQL {
  return sql`${sql.param(values)}::text[]`;
}

/** A position in the list: the event after which it goes on. */
export function writeEventKey({ at, id }: { at: Date; id: number }): string {
  return writePageKey({ at, id: String(id) });
}

function isAfter(value: string | null): SQL | undefined {
  const key = readPageKey(value);
  if (!key || !/^\d{1,15}$/.test(key.id)) return undefined;
  // An SQL expression does not encode its parameters, and the PostgreSQL driver does not accept a Date.
  return sql`(${auditEvents.at}, ${auditEvents.id}) < (${sql.param(key.at, auditEvents.at)}::timestamptz, ${Number(key.id)}::bigint)`;
}

/** The latest events that a filter finds after a position, with their places in the chain. */
export function selectEvents(filter: Filter, after: string | null, limit: number): Promise<Selected[]> {
  const found = candidates({ ...filter, rest: and(filter.rest, isAfter(after)) }, limit);
  return db
    .select({ event: auditEvents, chain: auditChain })
    .from(auditEvents)
    .leftJoin(auditChain, eq(auditChain.eventId, auditEvents.id))
    .where(sql`${auditEvents.id} = any(array(${found}))`)
    .orderBy(sql`${auditEvents.at} desc`, sql`${auditEvents.id} desc`);
}

/** How many events a filter finds, counted up to a limit. */
export async function countEvents(filter: Filter, limit: number): Promise<number> {
  const [counted] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`(${candidates(filter, limit)}) as counted`);
  return counted?.count ?? 0;
}

/** How many events, counted up to a limit, that a filter finds became part of the chain between two positions. */
export async function countChained(filter: Filter, after: number, upTo: number): Promise<number> {
  const isNew = sql`${auditChain.position} > ${after} and ${auditChain.position} <= ${upTo}`;
  const found = db
    .select({ id: auditEvents.id })
    .from(auditChain)
    .innerJoin(auditEvents, eq(auditEvents.id, auditChain.eventId))
    .where(and(isNew, matches(filter)))
    .as("found");
  const [counted] = await db.select({ count: sql<number>`count(*)::int` }).from(found);
  return counted?.count ?? 0;
}

/** The same condition in one piece, for few events. */
function matches({ corpId, userIds, reference, rest }: Filter): SQL | undefined {
  const isTheirs =
    userIds &&
    sql`(${auditEvents.userId} = any(${list(userIds)}) or ${auditEvents.actorUserId} = any(${list(userIds)}))`;
  const isReferred = reference === null ? undefined : eq(auditEvents.reference, reference);
  return and(eq(auditEvents.corpId, corpId), isTheirs ?? undefined, isReferred, rest);
}

const latestFirst = sql`order by at desc, id desc`;

/**
 * The ids of the latest events that a filter finds. For each person or kind the beginning of an index is read, and these are merged: an index that holds all
 * of them in one order does not exist, and with a rare one a plain `or` reads the whole trail.
 */
function candidates({ corpId, userIds, kinds, reference, rest }: Filter, limit: number): SQL {
  const select = (only: SQL | undefined) =>
    sql`(select ${auditEvents.at}, ${auditEvents.id} from ${auditEvents} where ${and(eq(auditEvents.corpId, corpId), only, rest)} ${latestFirst} limit ${limit})`;
  const isReferred = reference === null ? undefined : eq(auditEvents.reference, reference);
  const merged = (parts: SQL) => sql`select id from ${parts} ${latestFirst} limit ${limit}`;
  if (userIds) {
    const about = select(and(isReferred, sql`${auditEvents.userId} = wanted.value`));
    const isAboutOther = sql`(${auditEvents.userId} is null or ${auditEvents.userId} <> all(${list(userIds)}))`;
    const by = select(and(isReferred, sql`${auditEvents.actorUserId} = wanted.value`, isAboutOther));
    return merged(
      sql`unnest(${list(userIds)}) as wanted (value) cross join lateral (${about} union all ${by}) as found`,
    );
  }
  if (kinds && !isReferred) {
    const ofKind = select(sql`${auditEvents.kind} = wanted.value`);
    return merged(sql`unnest(${list(kinds)}) as wanted (value) cross join lateral ${ofKind} as found`);
  }
  return merged(sql`${select(isReferred)} as found`);
}
