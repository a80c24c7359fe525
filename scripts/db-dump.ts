import { parseArgs } from "node:util";
import { openDatabase } from "../lib/db/client";
import { writeDumpFile } from "../lib/db/dump-file";
import { databaseSettings } from "../lib/env";
import { runCommand } from "./database-command";

const usage = "Usage: npm run db:dump -- <new file, for example backup.dump.gz>";

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [file] = positionals;
  if (!file || positionals.length > 1) {
    console.error(usage);
    return 2;
  }
  const { db, close } = await openDatabase(databaseSettings());
  try {
    await writeDumpFile(db, file);
    console.log(`Dumped the database into ${file}. 已导出数据库。`);
    return 0;
  } finally {
    await close();
  }
});
