import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { database, openDatabase } from "../lib/db/client";
import { employees, sessions, tickets } from "../lib/db/schema";
import { parseUserId } from "../lib/dingtalk/identity";
import { eraseEmployee } from "../lib/employees/erase";
import { givenSettings, readSettings } from "./settings.mjs";

const usage = "Usage: npm run employee:erase -- <userId> [--force]";

const erasedTables = [employees, sessions, tickets];

const messages = {
  unknown: "No such employee is stored. 没有保存这位员工的资料。",
  active: [
    "This employee is active, and the next sign-in would store the record again. Nothing was erased. Disable the employee in DingTalk first, or add --force.",
    "这位员工仍然在职，下次登录会再次保存资料，所以没有删除。请先在钉钉里停用，或加上 --force。",
  ].join("\n"),
};

/** Erases one employee and returns the exit code. The settings are the app's: the environment, then .env. */
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { force: { type: "boolean" } } });
  const userId = parseUserId(positionals[0]);
  if (!userId || positionals.length > 1) {
    console.error(usage);
    return 2;
  }
  Object.assign(process.env, { ...readSettings(".env"), ...givenSettings() });
  await openDatabase();
  try {
    const erased = await eraseEmployee(userId, { isForced: values.force ?? false });
    if (erased.outcome !== "erased") {
      console.error(messages[erased.outcome]);
      return 1;
    }
    await compact();
    console.log(`Erased the record, ${erased.sessions} sessions and ${erased.tickets} tickets. 已删除。`);
    return 0;
  } finally {
    await database().close();
  }
}

/** The embedded database has no autovacuum, so the deleted rows would stay in its files. */
async function compact(): Promise<void> {
  const { kind, db } = database();
  if (kind === "pglite") for (const table of erasedTables) await db.execute(sql`vacuum full ${table}`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
