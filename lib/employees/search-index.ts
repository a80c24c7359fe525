import { and, asc, eq, ne } from "drizzle-orm";
import { db } from "../db/client";
import { employees } from "../db/schema";
import { log } from "../log";
import { searchVersion } from "../search/terms";
import { ownCorpId } from "../services";
import { columnsOf, readRow } from "./store";

const batch = 200;

/** Renews what a former release stored for searching, after the start. Logs a failure and never throws. */
export async function renewSearchTermsInBackground(): Promise<void> {
  try {
    const renewed = await renewSearchTerms();
    if (renewed > 0) log().info({ renewed }, "search terms renewed");
  } catch (err) {
    log().warn({ err }, "search terms not renewed");
  }
}

/** Returns how many employees had terms of another version. Several processes may do it at once. */
export async function renewSearchTerms(): Promise<number> {
  for (let renewed = 0; ; ) {
    const outdated = await db
      .select()
      .from(employees)
      .where(and(eq(employees.corpId, ownCorpId()), ne(employees.searchVersion, searchVersion)))
      .orderBy(asc(employees.userId))
      .limit(batch);
    for (const row of outdated) await renew(row);
    renewed += outdated.length;
    if (outdated.length < batch) return renewed;
  }
}

/** A record that was read again meanwhile has its new terms already. */
async function renew(row: typeof employees.$inferSelect): Promise<void> {
  const { employee } = readRow(row);
  const { active: _active, ...columns } = columnsOf(employee);
  const isSame = and(eq(employees.corpId, row.corpId), eq(employees.userId, row.userId));
  await db
    .update(employees)
    .set(columns)
    .where(and(isSame, eq(employees.fetchedAt, row.fetchedAt)));
}
