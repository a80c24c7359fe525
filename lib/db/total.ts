import { type SQL, sql } from "drizzle-orm";
import { type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { singleton } from "../singleton";
import { db } from "./client";

/** So many rows are counted at each call. It takes less than a millisecond, and a small company sees every change at once. */
const maxExact = 1000;
/** The database counts by reading every row, so that a larger total may be this old. */
const keptMs = 60_000;

const totals = singleton("totals", () => new Map<string, { total: number; keptUntil: number }>());

type List = { name: string; table: PgTable; where: SQL | undefined; order: SQL | PgColumn };

/**
 * How many rows a list has on all its pages: exact up to 1,000, and at most a minute old beyond that. `name` says everything that
 * `where` depends on.
 */
export async function countList({ name, table, where, order }: List): Promise<number> {
  const kept = totals().get(name);
  if (kept && kept.keptUntil > Date.now()) return kept.total;
  // In the order of the list, so that its index answers this too.
  const few = db
    .select({ one: sql`1`.as("one") })
    .from(table)
    .where(where)
    .orderBy(order)
    .limit(maxExact + 1);
  const counted = await db.$count(few.as("few"));
  return counted > maxExact ? keep(name, await db.$count(table, where)) : counted;
}

function keep(list: string, total: number): number {
  const now = Date.now();
  for (const [name, { keptUntil }] of totals()) if (keptUntil <= now) totals().delete(name);
  totals().set(list, { total, keptUntil: now + keptMs });
  return total;
}
