import { sql } from "drizzle-orm";
import { db } from "./client";
import { lookUps } from "./events-schema";

type Turn = { name: string; everyMinutes: number; firstUpTo: Date };

/**
 * Takes the turn to do what is done once per interval by all processes together. Returns up to when it was done before; null while
 * it is not due, or another process has the turn.
 */
export async function takeTurn({ name, everyMinutes, firstUpTo }: Turn): Promise<Date | null> {
  const dueAt = sql`now() + make_interval(mins => ${everyMinutes})`;
  const [taken] = await db
    .insert(lookUps)
    .values({ name, upTo: firstUpTo, dueAt })
    .onConflictDoUpdate({ target: lookUps.name, set: { dueAt }, setWhere: sql`${lookUps.dueAt} <= now()` })
    .returning({ upTo: lookUps.upTo });
  return taken?.upTo ?? null;
}
