import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Db } from "./database";
import {
  describeTable,
  dumpFormat,
  listMigrations,
  listSequences,
  listTables,
  query,
  sequenceSchema,
  setTimeZone,
} from "./dump";

/** One statement inserts at most this many characters of rows. */
const batchLength = 500_000;

/** A statement that takes longer, or a table that is locked for longer, ends the load. */
const statementTimeout = "10min";
const lockTimeout = "10s";

export const headerSchema = z.object({ format: z.literal(dumpFormat), migrations: z.array(z.string()) });
const checkSchema = z.object({ table: z.string(), found: z.string() });

type Feed = (push: (line: string) => Promise<void>) => Promise<void>;

/**
 * Fills an empty database with the lines of `dumpDatabase`, which `feed` pushes in their order, in one transaction: after an
 * error the database is as empty as before. Throws when a table has rows, when the tables were made by other migrations, when
 * lines are missing, and when a table or a sequence is not what it was in the dump. Returns the number of rows.
 */
export async function loadDatabase(db: Db, feed: Feed): Promise<number> {
  return db.transaction(async (tx) => {
    await prepare(tx);
    const { push, finish } = createLoad(tx);
    await feed(push);
    return finish();
  });
}

async function prepare(tx: Db): Promise<void> {
  await setTimeZone(tx);
  await tx.execute(sql`set local statement_timeout = ${sql.raw(`'${statementTimeout}'`)}`);
  await tx.execute(sql`set local lock_timeout = ${sql.raw(`'${lockTimeout}'`)}`);
  for (const name of await listTables(tx)) {
    await tx.execute(sql`lock table ${sql.identifier(name)} in access exclusive mode`);
    const found = await query(tx, sql`select from ${sql.identifier(name)} limit 1`, z.unknown());
    if (found.length > 0) throw new Error(`The table ${name} has rows. Nothing was changed: use an empty database.`);
  }
}

function createLoad(tx: Db) {
  let batch: { table: string; rows: string[]; length: number } = { table: "", rows: [], length: 0 };
  let rows = 0;
  let hasEnded = false;

  async function insertBatch(): Promise<void> {
    const table = sql.identifier(batch.table);
    const content = `[${batch.rows.join(",")}]`;
    if (batch.rows.length > 0)
      await tx.execute(sql`insert into ${table} overriding system value
        select * from json_populate_recordset(null::${table}, ${content}::json)`);
    batch = { table: "", rows: [], length: 0 };
  }
  async function addRow(table: string, row: string): Promise<void> {
    if (table !== batch.table || batch.length > batchLength) await insertBatch();
    batch.table = table;
    batch.rows.push(row);
    batch.length += row.length;
    rows += 1;
  }
  async function push(line: string): Promise<void> {
    const kind = line.slice(0, line.indexOf("\t"));
    const content = line.slice(kind.length + 1);
    if (kind === "dump") return requireMigrations(tx, content);
    if (kind !== "check" && kind !== "sequence" && kind !== "end") return addRow(kind, content);
    await insertBatch();
    if (kind === "check") await requireSame(tx, content);
    if (kind === "sequence") await setSequence(tx, content);
    hasEnded = kind === "end";
  }
  function finish(): number {
    if (!hasEnded) throw new Error("The dump is not complete.");
    return rows;
  }
  return { push, finish };
}

async function requireSame(tx: Db, content: string): Promise<void> {
  const { table, found } = checkSchema.parse(JSON.parse(content));
  const loaded = await describeTable(tx, table);
  if (loaded !== found)
    throw new Error(`The table ${table} has ${loaded}; the dump has ${found}. Nothing was changed.`);
}

async function setSequence(tx: Db, content: string): Promise<void> {
  const { name, lastValue } = sequenceSchema.parse(JSON.parse(content));
  if (lastValue !== null) await tx.execute(sql`select setval(${name}::text::regclass, ${lastValue}::text::bigint)`);
  const loaded = (await listSequences(tx)).find((sequence) => sequence.name === name);
  if (loaded?.lastValue !== lastValue) throw new Error(`The sequence ${name} could not be set. Nothing was changed.`);
}

async function requireMigrations(tx: Db, header: string): Promise<void> {
  const { migrations } = headerSchema.parse(JSON.parse(header));
  if (String(migrations) !== String(await listMigrations(tx)))
    throw new Error("The database's tables are of another release than the dump. Use a database without tables.");
}
