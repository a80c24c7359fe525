import { openDatabase } from "../lib/db/client";
import { databaseSettings } from "../lib/env";
import { runCommand } from "./database-command";

/** For a PostgreSQL on which the app's own role must not change tables: run it with the address of their owner. */
await runCommand(async () => {
  const { close } = await openDatabase(databaseSettings());
  await close();
  console.log("The tables are up to date. 数据表已是最新。");
  return 0;
});
