import { and, desc, eq, ne, or, sql } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { employees } from "../db/schema";
import { type Employee, employeeSchema } from "../dingtalk/employee";
import { type UnionId, type UserId } from "../dingtalk/identity";
import { env } from "../env";
import { ownCorpId } from "../services";
import { endSessions } from "../sessions/session";

export type StoredEmployee = { employee: Employee; active: boolean; fetchedAt: Date; lastSignedInAt: Date | null };

/** A record this young is trusted without asking DingTalk again. (S26) */
const freshMs = 10 * 60 * 1000;

/** Whether a record may be shown, and its employee taken for active, without asking DingTalk. */
export function isFresh({ fetchedAt }: Pick<StoredEmployee, "fetchedAt">): boolean {
  return ageOf(fetchedAt) < freshMs;
}

/** How long a record counts while DingTalk cannot be asked. After that an employee is no longer taken for active. (S26, S35) */
export function isWithinGrace({ fetchedAt }: Pick<StoredEmployee, "fetchedAt">): boolean {
  return ageOf(fetchedAt) < env().OFFLINE_GRACE_HOURS * 3_600_000;
}

function ageOf(date: Date): number {
  return Date.now() - date.getTime();
}

/** The employee on record under this id, or null. */
export async function findEmployee(key: { userId: UserId } | { unionId: UnionId }): Promise<StoredEmployee | null> {
  const which = "userId" in key ? eq(employees.userId, key.userId) : eq(employees.unionId, key.unionId);
  const [row] = await db
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
 * Saves what DingTalk says of an employee, inside the caller's transaction. A person who returned under a new userId has
 * only that one from then on. The sessions of an employee who is no longer active, or whose userId belongs to another
 * person now, are revoked.
 */
export async function saveEmployee(tx: Db, employee: Employee): Promise<void> {
  const key = { corpId: ownCorpId(), userId: employee.userId };
  const facts = {
    unionId: employee.unionId,
    name: employee.name,
    active: employee.active,
    searchText: searchTextOf(employee),
    details: employee,
    fetchedAt: sql`now()`,
  };
  await retireOthers(tx, employee);
  await tx
    .insert(employees)
    .values({ ...key, ...facts })
    .onConflictDoUpdate({ target: [employees.corpId, employees.userId], set: facts });
  if (!employee.active) await revokeSessions(tx, employee.userId);
}

/** Marks an employee as a leaver and revokes every session at once. (S26) */
export async function deactivateEmployee(userId: UserId): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(employees)
      .set({ active: false, fetchedAt: sql`now()` })
      .where(and(eq(employees.corpId, ownCorpId()), eq(employees.userId, userId)));
    await revokeSessions(tx, userId);
  });
}

async function revokeSessions(tx: Db, userId: string): Promise<void> {
  const employee = { corpId: ownCorpId(), userId };
  const ended = await endSessions(tx, employee, "leaver");
  if (ended > 0) await recordEvent(tx, { kind: "employee_deactivated", ...employee, reason: "leaver" });
}

/** The same person under a former userId, and the person who had this userId before: a company may assign it again. (S9) */
async function retireOthers(tx: Db, { unionId, userId }: Employee): Promise<void> {
  const formerId = and(eq(employees.unionId, unionId), ne(employees.userId, userId));
  const formerHolder = and(eq(employees.userId, userId), ne(employees.unionId, unionId));
  const retired = await tx
    .update(employees)
    .set({ active: false })
    .where(and(eq(employees.corpId, ownCorpId()), employees.active, or(formerId, formerHolder)))
    .returning({ userId: employees.userId });
  for (const row of retired) await revokeSessions(tx, row.userId);
}

function searchTextOf({ name, userId, jobNumber, title, orgEmail }: Employee): string {
  return [name, userId, jobNumber, title, orgEmail].filter(Boolean).join(" ").toLowerCase();
}
