import { existsSync } from "node:fs";
import { join } from "node:path";
import { embeddedFolder } from "../lib/db/client";
import { type Database } from "../lib/db/database";
import { dumpDatabase } from "../lib/db/dump";
import { openEmbedded } from "../lib/db/embedded";
import { loadDatabase } from "../lib/db/load";
import { openPostgres } from "../lib/db/postgres";
import { databaseSettings } from "../lib/env";
import { runCommand } from "./database-command";

const usage = "Set DATABASE_URL to an empty PostgreSQL database, stop the app, and run: npm run db:move";

await runCommand(async () => {
  const { DATABASE_URL, DATA_DIR } = databaseSettings();
  const folder = embeddedFolder({ DATA_DIR });
  if (!DATABASE_URL) {
    console.error(usage);
    return 2;
  }
  // Opening the folder would create a database in it.
  if (!existsSync(join(folder, "PG_VERSION"))) throw new Error(`There is no embedded database in ${folder}.`);
  const source = await openEmbedded(folder);
  try {
    await move(source, DATABASE_URL);
    return 0;
  } finally {
    await source.close();
  }
});

async function move(source: Database, url: string): Promise<void> {
  const target = await openPostgres(url);
  try {
    const rows = await loadDatabase(target.db, (push) => dumpDatabase(source.db, push));
    console.log(`Moved ${rows} rows, each table and sequence compared. 已迁移 ${rows} 行，并逐表核对。`);
    console.log("The files of the embedded database are as before. 原来的数据文件保持不变。");
  } finally {
    await target.close();
  }
}
