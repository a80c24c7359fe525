import { and, desc, eq, ne, or, sql } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { employees } from "../db/schema";
import { type Employee, employeeSchema } from "../dingtalk/employee";
import { type UnionId, type UserId } from "../dingtalk/identity";
import { ownCorpId } from "../services";
import { endSessions } from "../sessions/end";

export type StoredEmployee = { employee: Employee; active: boolean; fetchedAt: Date; lastSignedInAt: Date | null };

/** A record this young is trusted without asking DingTalk again. */
const freshMs = 10 * 60 * 1000;

/** Whether a record may be shown, and its employee trusted to be here still, without asking. */
export function isFresh({ fetchedAt }: Pick<StoredEmployee, "fetchedAt">): boolean {
  return Date.now() - fetchedAt.getTime() < freshMs;
}

/** The employee we have on record under this id, or null. */
export async function findEmployee(key: { userId: UserId } | { unionId: UnionId }): Promise<StoredEmployee | null> {
  const handle = await db();
  const which = "userId" in key ? eq(employees.userId, key.userId) : eq(employees.unionId, key.unionId);
  const [row] = await handle
    .select()
    .from(employees)
    .where(and(eq(employees.corpId, ownCorpId()), which))
    .orderBy(desc(employees.active), desc(employees.fetchedAt))
    .limit(1);
  return row ? readRow(row) : null;
}

export function readRow(row: typeof employees.$inferSelect): StoredEmployee {
  const { details, active, fetchedAt, lastSignedInAt } = row;
  return { employee: employeeSchema.parse(details), active, fetchedAt, lastSignedInAt };
}

/**
 * Writes what DingTalk says of an employee, inside the caller's transaction. Somebody who came back under a new userId
 * has only that one from then on; somebody who is not active any more, or whose userId another person has now, loses
 * every open session.
 */
export async function saveEmployee(change: Db, employee: Employee): Promise<void> {
  const key = { corpId: ownCorpId(), userId: employee.userId };
  const facts = {
    unionId: employee.unionId,
    name: employee.name,
    active: employee.active,
    searchText: searchTextOf(employee),
    details: employee,
    fetchedAt: sql`now()`,
  };
  await retireOthers(change, employee);
  await change
    .insert(employees)
    .values({ ...key, ...facts })
    .onConflictDoUpdate({ target: [employees.corpId, employees.userId], set: facts });
  if (!employee.active) await revokeSessions(change, employee.userId);
}

/** Marks an employee as gone and ends every session at once. */
export async function deactivateEmployee(userId: UserId): Promise<void> {
  const handle = await db();
  await handle.transaction(async (change) => {
    await change
      .update(employees)
      .set({ active: false, fetchedAt: sql`now()` })
      .where(and(eq(employees.corpId, ownCorpId()), eq(employees.userId, userId)));
    await revokeSessions(change, userId);
  });
}

async function revokeSessions(change: Db, userId: string): Promise<void> {
  const employee = { corpId: ownCorpId(), userId };
  const ended = await endSessions(change, employee, "leaver");
  if (ended > 0) await recordEvent(change, { kind: "employee_deactivated", ...employee, reason: "leaver" });
}

/** The same person under a former userId, and whoever had this userId before, which a company may give out again. (S9) */
async function retireOthers(change: Db, { unionId, userId }: Employee): Promise<void> {
  const formerId = and(eq(employees.unionId, unionId), ne(employees.userId, userId));
  const formerHolder = and(eq(employees.userId, userId), ne(employees.unionId, unionId));
  const retired = await change
    .update(employees)
    .set({ active: false })
    .where(and(eq(employees.corpId, ownCorpId()), employees.active, or(formerId, formerHolder)))
    .returning({ userId: employees.userId });
  for (const row of retired) await revokeSessions(change, row.userId);
}

function searchTextOf({ name, userId, jobNumber, title, orgEmail }: Employee): string {
  return [name, userId, jobNumber, title, orgEmail].filter(Boolean).join(" ").toLowerCase();
}
