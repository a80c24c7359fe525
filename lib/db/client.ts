import { resolve } from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { type Env, env } from "../env";
import { singleton } from "../singleton";
import { type Database, type Db, migrationsFolder } from "./database";
import { openEmbedded } from "./embedded";
import { openPostgres } from "./postgres";

export type { Database, Db } from "./database";

const opened = singleton<{ database: Database | null }>("database", () => ({ database: null }));

type Settings = Pick<Env, "DATABASE_URL" | "DATA_DIR">;

/** Opens and migrates the process's one database. `boot` calls this once, before the first request. */
export async function openDatabase(
  { DATABASE_URL, DATA_DIR }: Settings = env(),
  migrations = migrationsFolder,
): Promise<Database> {
  const database = DATABASE_URL
    ? await openPostgres(DATABASE_URL, migrations)
    : await openEmbedded(embeddedFolder({ DATA_DIR }), migrations);
  opened().database = database;
  return database;
}

/** Where the embedded database has its files. */
export function embeddedFolder({ DATA_DIR }: Pick<Env, "DATA_DIR"> = env()): string {
  return resolve(/* turbopackIgnore: true */ process.cwd(), DATA_DIR, "db");
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

/**
 * A query that is built once for the open database, because building it takes as long as running it. What differs between
 * its uses is a `sql.placeholder`.
 */
export function builtOnce<T>(build: (db: Db) => T): () => T {
  const built = new WeakMap<Db, T>();
  return () => {
    const { db } = database();
    const query = built.get(db) ?? build(db);
    built.set(db, query);
    return query;
  };
}

/** For the `returning` clause of a statement: sends a message for each changed row to every listening process, on commit. */
export function notify(channel: string, message: SQL): SQL {
  return sql`pg_notify(${channel}, ${message})`;
}
