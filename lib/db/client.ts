import { resolve } from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { type PgDatabase, type PgQueryResultHKT } from "drizzle-orm/pg-core";
import { type Env, env } from "../env";
import { singleton } from "../singleton";
import { lockFolder } from "./lock";
import * as schema from "./schema";

export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;
export type Database = {
  kind: "pglite" | "postgres";
  db: Db;
  /** Receives what `notify` sends to a channel, from any process on the same database. */
  listen(channel: string, receive: (message: string) => void): Promise<unknown>;
  close(): Promise<void>;
};

const migrationsFolder = resolve(/* turbopackIgnore: true */ process.cwd(), "lib/db/migrations");
/** An arbitrary number, the same in every process of this app: one process holds the lock and migrates while the others wait. */
const migrationLock = 727_274;

const opened = singleton<{ database: Database | null }>("database", () => ({ database: null }));

type Settings = Pick<Env, "DATABASE_URL" | "DATA_DIR">;

/** Opens and migrates the process's one database. `boot` calls this once, before the first request. */
export async function openDatabase({ DATABASE_URL, DATA_DIR }: Settings = env()): Promise<Database> {
  const database = DATABASE_URL
    ? await openPostgres(DATABASE_URL)
    : await openPglite(resolve(/* turbopackIgnore: true */ process.cwd(), DATA_DIR, "db"));
  opened().database = database;
  return database;
}

/** The open database; throws before `boot` has opened it. */
export function database(): Database {
  const { database } = opened();
  if (!database) throw new Error("The database is not open yet.");
  return database;
}

/** The database for queries. It forwards to the open database, because Next bundles this module several times. */
export const db: Db = new Proxy(
  // biome-ignore lint/plugin: the target is never read; every property comes from the open database.
  {} as Db,
  { get: (_target, name) => Object(database().db)[name] },
);

/** For the `returning` clause of a statement: sends a message for each changed row to every listening process, on commit. */
export function notify(channel: string, message: SQL): SQL {
  return sql`pg_notify(${channel}, ${message})`;
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
    listen: (channel, receive) => pool.listen(channel, receive),
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
  // The default buffers take some 600 MB, which a server of this size does not need.
  const pglite = await PGlite.create({
    dataDir: folder,
    startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=8MB"],
  });
  // Drizzle passes parsers with each query, and PGlite then copies its own. Copying several hundred array parsers, which
  // no query here needs, takes as long as the query.
  pglite.parsers = { ...types.parsers };
  const db = drizzle(pglite, { schema });
  await migrate(db, { migrationsFolder });
  return {
    kind: "pglite",
    db,
    listen: (channel, receive) => pglite.listen(channel, receive),
    close: async () => {
      await pglite.close();
      unlock();
    },
  };
}
