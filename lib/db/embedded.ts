import { type Database, migrationsFolder, statementLogger } from "./database";
import { lockFolder } from "./lock";
import * as schema from "./schema";

/** Opens and migrates the embedded database in a folder that no other process has open. */
export async function openEmbedded(folder: string): Promise<Database> {
  const [{ PGlite, types }, { drizzle }, { migrate }, { keepPrepared }] = await Promise.all([
    import("@electric-sql/pglite"),
    import("drizzle-orm/pglite"),
    import("drizzle-orm/pglite/migrator"),
    import("./prepared-embedded"),
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
  keepPrepared(pglite);
  const db = drizzle(pglite, { schema, logger: statementLogger });
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
