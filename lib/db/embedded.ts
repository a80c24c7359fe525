import { createLog } from "../log";
import { prepareDataFolder } from "./data-folder";
import { type Database, migrationsFolder, statementLogger } from "./database";
import { lockFolder } from "./lock";
import * as schema from "./schema";

/**
 * Opens and migrates the embedded database in a folder that no other process has open. Each commit is on disk before it is
 * acknowledged (S44); when a sync fails, the process exits with code 1, and the next start recovers what was acknowledged.
 */
export async function openEmbedded(folder: string, migrations = migrationsFolder): Promise<Database> {
  const unlock = await lockFolder(folder);
  try {
    await prepareDataFolder(folder);
    return await open({ folder, migrations, unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

type Opening = { folder: string; migrations: string; unlock: () => void };

async function open({ folder, migrations, unlock }: Opening): Promise<Database> {
  const [{ PGlite, types }, { pg_trgm }, { DurableFiles }, { drizzle }, { migrate }, { keepPrepared }] =
    await Promise.all([
      import("@electric-sql/pglite"),
      import("@electric-sql/pglite/contrib/pg_trgm"),
      import("./durable-files"),
      import("drizzle-orm/pglite"),
      import("drizzle-orm/pglite/migrator"),
      import("./prepared-embedded"),
    ]);
  const pglite = await PGlite.create({
    fs: new DurableFiles(folder, exit),
    extensions: { pg_trgm },
    startParams: startParams(PGlite.defaultStartParams),
  });
  // Drizzle passes parsers with each query, and PGlite then copies its own. Copying several hundred array parsers, which
  // no query here needs, takes as long as the query.
  pglite.parsers = { ...types.parsers };
  keepPrepared(pglite);
  const db = drizzle(pglite, { schema, logger: statementLogger });
  await migrate(db, { migrationsFolder: migrations });
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

/** At once, so that no request is answered from here on: PostgreSQL does the same to its connections. */
function exit(err: Error): never {
  createLog("info").fatal(
    { err },
    "the embedded database failed: restart the app, which recovers what was acknowledged",
  );
  process.exit(1);
}

/**
 * PGlite turns syncing off by `-F`. Of the ways to sync the log only `fsync` does anything in it. The default buffers take
 * some 600 MB, which a server of this size does not need.
 */
function startParams(defaults: string[]): string[] {
  const settings = ["wal_sync_method=fsync", "shared_buffers=8MB"];
  return [...defaults.filter((param) => param !== "-F"), ...settings.flatMap((setting) => ["-c", setting])];
}
