import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { drizzle as drizzleServer } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { z } from "zod";
import { database } from "../lib/db/client";
import { type Database, migrationsFolder } from "../lib/db/database";
import { openPostgres } from "../lib/db/postgres";
import * as schema from "../lib/db/schema";
import { env } from "../lib/env";

type Statement = { query: string; params: unknown[] };
type Rows = Record<string, unknown>[];
const rowsSchema = z.array(z.record(z.string(), z.unknown()));

/** A database that keeps the statements it was given, and runs others as they are written. */
export type Observed = { database: Database; statements: Statement[]; run: (text: string) => Promise<Rows> };

/** Opens the test's embedded database again, observed. */
export async function observeEmbedded(): Promise<Observed> {
  await database().close();
  const pglite = await PGlite.create({ dataDir: join(env().DATA_DIR, "db"), extensions: { pg_trgm } });
  const { statements, logger } = createLogger();
  const db = drizzle(pglite, { schema, logger });
  await migrate(db, { migrationsFolder });
  const opened = { kind: "pglite" as const, db, listen: async () => {}, close: () => pglite.close() };
  return { database: opened, statements, run: async (text) => rowsSchema.parse((await pglite.query(text)).rows) };
}

/** Opens a PostgreSQL server, observed. */
export async function observePostgres(url: string): Promise<Observed> {
  await (await openPostgres(url)).close();
  // One connection, so that what `run` sets holds for the next statement.
  const connection = postgres(url, { max: 1, onnotice: () => {} });
  const { statements, logger } = createLogger();
  const db = drizzleServer(connection, { schema, logger });
  const opened = { kind: "postgres" as const, db, listen: async () => {}, close: () => connection.end() };
  return { database: opened, statements, run: async (text) => rowsSchema.parse([...(await connection.unsafe(text))]) };
}

function createLogger() {
  const statements: Statement[] = [];
  return {
    statements,
    logger: { logQuery: (query: string, params: unknown[]) => void statements.push({ query, params }) },
  };
}

/** How a database chooses a plan for a prepared statement: for these parameters, or for any. */
const modes = ["force_custom_plan", "force_generic_plan"];

/** The plans of a statement as texts, each with the statement in its first line. Only some statements have one. */
export async function explain({ run }: Observed, { query, params }: Statement): Promise<string[]> {
  const plans: string[] = [];
  if (!/^(select|with|insert|update|delete)\b/.test(query)) return plans;
  await run(`prepare explained as ${query}`);
  for (const mode of modes) {
    await run(`set plan_cache_mode = ${mode}`);
    const values = params.length > 0 ? `(${params.map(literal).join(", ")})` : "";
    const rows = await run(`explain execute explained${values}`);
    plans.push([`${mode}: ${query}`, ...rows.map((row) => String(row["QUERY PLAN"]))].join("\n"));
  }
  await run("deallocate explained");
  return plans;
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  const json = typeof value === "object" ? JSON.stringify(value) : String(value);
  const text = Array.isArray(value) ? `{${json.slice(1, -1)}}` : json;
  return `'${text.replaceAll("'", "''")}'`;
}
