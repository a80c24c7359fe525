import { type SQL } from "drizzle-orm";
import { type PgTable } from "drizzle-orm/pg-core";
import { singleton } from "../singleton";
import { db } from "./client";

/** Up to this many rows are counted at each call: that takes little, and a small company sees every change at once. */
const maxExact = 1000;
/** The database counts by reading every row, so that a larger total is kept for this long. */
const keptMs = 60_000;

const totals = singleton("totals", () => new Map<string, { total: number; keptUntil: number }>());

type List = { name: string; table: PgTable; where: SQL | undefined };

/**
 * How many rows a list has on all its pages: exact up to 1,000, and at most a minute old beyond that. `name` says everything that
 * `where` depends on.
 */
export async function countList({ name, table, where }: List): Promise<number> {
  const kept = totals().get(name);
  if (kept && kept.keptUntil > Date.now()) return kept.total;
  const total = await db.$count(table, where);
  return total > maxExact ? keep(name, total) : total;
}

function keep(list: string, total: number): number {
  const now = Date.now();
  for (const [name, { keptUntil }] of totals()) if (keptUntil <= now) totals().delete(name);
  totals().set(list, { total, keptUntil: now + keptMs });
  return total;
}
