import { parseArgs } from "node:util";
import { openDatabase } from "../lib/db/client";
import { readDumpFile, readDumpMigrations } from "../lib/db/dump-file";
import { loadDatabase } from "../lib/db/load";
import { databaseSettings } from "../lib/env";
import { runCommand, withMigrations } from "./database-command";

const usage = "Usage: npm run db:restore -- <file of db:dump>";

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [file] = positionals;
  if (!file || positionals.length > 1) {
    console.error(usage);
    return 2;
  }
  await withMigrations(await readDumpMigrations(file), (migrations) => restore(file, migrations));
  // Migrates the tables of an earlier release.
  await (await openDatabase(databaseSettings())).close();
  return 0;
});

async function restore(file: string, migrations: string): Promise<void> {
  const { db, close } = await openDatabase(databaseSettings(), migrations);
  try {
    const rows = await loadDatabase(db, async (push) => {
      for await (const line of readDumpFile(file)) await push(line);
    });
    console.log(`Restored ${rows} rows. 已恢复 ${rows} 行。`);
  } finally {
    await close();
  }
}
