import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type Db } from "./database";

/** The version of the format. */
export const dumpFormat = 1;

/** A batch of this many rows is in memory at a time. */
const batchRows = 1000;

/**
 * Writes the whole database as lines of text, as it is at one moment: a kind, a tab, and JSON. The kinds are `dump` (the
 * migrations that made the tables), the names of tables (one row each), `check` (what a table contains), `sequence`, and `end`.
 * A row is in the database's own spelling, so that each engine reads what the other wrote.
 */
export async function dumpDatabase(db: Db, write: (line: string) => Promise<void>): Promise<void> {
  const config = { isolationLevel: "repeatable read", accessMode: "read only" } as const;
  await db.transaction(async (tx) => {
    await setTimeZone(tx);
    await write(toLine("dump", { format: dumpFormat, migrations: await listMigrations(tx) }));
    for (const table of await listTables(tx)) {
      await dumpTable(tx, table, write);
      await write(toLine("check", { table, found: await describeTable(tx, table) }));
    }
    for (const sequence of await listSequences(tx)) await write(toLine("sequence", sequence));
    await write(toLine("end", {}));
  }, config);
}

async function dumpTable(tx: Db, name: string, write: (line: string) => Promise<void>): Promise<void> {
  await tx.execute(sql`declare dumped cursor for select row_to_json(t)::text as line from ${sql.identifier(name)} t`);
  for (;;) {
    const lines = await query(tx, sql`fetch ${sql.raw(String(batchRows))} from dumped`, z.object({ line: z.string() }));
    if (lines.length === 0) break;
    for (const { line } of lines) await write(`${name}\t${line}`);
  }
  await tx.execute(sql`close dumped`);
}

function toLine(kind: string, value: object): string {
  return `${kind}\t${JSON.stringify(value)}`;
}

/** The app's tables. Those of an earlier release may be fewer. */
export async function listTables(db: Db): Promise<string[]> {
  const statement = sql`select tablename as name from pg_tables where schemaname = 'public' order by tablename`;
  return (await query(db, statement, z.object({ name: z.string() }))).map(({ name }) => name);
}

/** The hashes of the migrations that made the tables, in order. */
export async function listMigrations(db: Db): Promise<string[]> {
  const statement = sql`select hash from drizzle.__drizzle_migrations order by id`;
  return (await query(db, statement, z.object({ hash: z.string() }))).map(({ hash }) => hash);
}

export const sequenceSchema = z.object({ name: z.string(), lastValue: z.string().nullable() });

/** The tables' own numbers: the last one that was given, null before the first. */
export async function listSequences(db: Db): Promise<z.infer<typeof sequenceSchema>[]> {
  const statement = sql`select sequencename as name, last_value::text as "lastValue" from pg_sequences
    where schemaname = 'public' order by sequencename`;
  return query(db, statement, sequenceSchema);
}

/** What a table contains: the number of rows, and a hash of all of them that does not depend on their order or on the engine. */
export async function describeTable(db: Db, name: string): Promise<string> {
  const statement = sql`select count(*) || ' rows, ' || md5(coalesce(string_agg(hash, '' order by hash collate "C"), '')) as found
    from (select md5(row_to_json(t)::text) as hash from ${sql.identifier(name)} t) as hashes`;
  const [row] = await query(db, statement, z.object({ found: z.string() }));
  return row?.found ?? "";
}

/** Times are written in the time zone of the session, which differs between servers. */
export async function setTimeZone(tx: Db): Promise<void> {
  await tx.execute(sql`set local time zone 'UTC'`);
}

/** Runs a statement that Drizzle has no builder for. The engines' drivers return its rows in different ways. */
export async function query<T>(db: Db, statement: SQL, row: z.ZodType<T>): Promise<T[]> {
  const result: unknown = await db.execute(statement);
  return z
    .array(row)
    .parse(Array.isArray(result) ? result : z.object({ rows: z.array(z.unknown()) }).parse(result).rows);
}
