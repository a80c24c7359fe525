import { resolve } from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { type PgDatabase, type PgQueryResultHKT } from "drizzle-orm/pg-core";
import { env } from "../env";
import { singleton } from "../singleton";
import { lockFolder } from "./lock";
import * as schema from "./schema";

export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;
export type Database = {
  kind: "pglite" | "postgres";
  db: Db;
  /** Hears what `notify` sends to a channel, from any process on the same database. */
  listen(channel: string, hear: (message: string) => void): Promise<unknown>;
  close(): Promise<void>;
};

const migrationsFolder = resolve(/* turbopackIgnore: true */ process.cwd(), "lib/db/migrations");
/** Any number, the same in every process of this app: whoever holds it migrates, the others wait. */
const migrationLock = 727_274;

/** The process's one database, opened and migrated at the first call. */
export const database = singleton("database", open);

/** The handle queries are written against. */
export async function db(): Promise<Db> {
  return (await database()).db;
}

/** For what a statement returns: each row it changed is told to every process that listens, once the change is committed. */
export function notified(channel: string, message: SQL): SQL {
  return sql`pg_notify(${channel}, ${message})`;
}

function open(): Promise<Database> {
  const { DATABASE_URL, DATA_DIR } = env();
  return DATABASE_URL
    ? openPostgres(DATABASE_URL)
    : openPglite(resolve(/* turbopackIgnore: true */ process.cwd(), DATA_DIR, "db"));
}

async function openPostgres(url: string): Promise<Database> {
  const [{ default: postgres }, { drizzle }] = await Promise.all([
    import("postgres"),
    import("drizzle-orm/postgres-js"),
  ]);
  await migratePostgres(url);
  const pool = postgres(url, { max: 10, connect_timeout: 10, onnotice: () => {} });
  return {
    kind: "postgres",
    db: drizzle(pool, { schema }),
    listen: (channel, hear) => pool.listen(channel, hear),
    close: () => pool.end({ timeout: 5 }),
  };
}

/** A session lock belongs to one connection, so migrating uses one of its own. */
async function migratePostgres(url: string): Promise<void> {
  const [{ default: postgres }, { drizzle }, { migrate }] = await Promise.all([
    import("postgres"),
    import("drizzle-orm/postgres-js"),
    import("drizzle-orm/postgres-js/migrator"),
  ]);
  const connection = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await connection`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(connection), { migrationsFolder });
  } finally {
    await connection.end();
  }
}

async function openPglite(folder: string): Promise<Database> {
  const [{ PGlite, types }, { drizzle }, { migrate }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("drizzle-orm/pglite"),
    import("drizzle-orm/pglite/migrator"),
  ]);
  const unlock = await lockFolder(folder);
  // The default buffers cost a server of this size some 600 MB for nothing.
  const pglite = await PGlite.create({
    dataDir: folder,
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=8MB"],
  });
  // Drizzle sends parsers with each query, for which PGlite copies its own: several hundred for arrays, which no query
  // here answers, cost as much as the query.
  pglite.parsers = { ...types.parsers };
  const handle = drizzle(pglite, { schema });
  await migrate(handle, { migrationsFolder });
  return {
    kind: "pglite",
    db: handle,
    listen: (channel, hear) => pglite.listen(channel, hear),
    close: async () => {
      await pglite.close();
      unlock();
    },
  };
}
