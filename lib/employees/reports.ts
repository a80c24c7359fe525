import { and, asc, eq, sql } from "drizzle-orm";
import { db } from "../db/client";
import { employees, managerOf } from "../db/schema";
import { type Admin } from "../sessions/permission";

/** More are not shown on the manager's page. */
const maxShown = 50;

export type Reports = { employees: { userId: string; name: string }[]; total: number };

/** The active employees on record whose manager this is, by userId. */
export async function listReports({ corpId }: Admin, userId: string): Promise<Reports> {
  // Written into the statement, so that the index of active employees answers it.
  const isReport = and(
    eq(employees.corpId, corpId),
    sql`${managerOf(employees.details)} = ${userId}`,
    sql`${employees.active}`,
  );
  const rows = await db
    .select({ userId: employees.userId, name: employees.name })
    .from(employees)
    .where(isReport)
    .orderBy(asc(employees.userId))
    .limit(maxShown + 1);
  const total = rows.length > maxShown ? await db.$count(employees, isReport) : rows.length;
  return { employees: rows.slice(0, maxShown), total };
}
