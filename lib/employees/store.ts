import { and, desc, eq, ne, type SQL, sql, type WithSubquery } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { builtOnce, type Db, db } from "../db/client";
import { employees } from "../db/schema";
import { type Employee, employeeSchema } from "../dingtalk/employee";
import { type UnionId, type UserId } from "../dingtalk/identity";
import { env } from "../env";
import { searchTermsOf, searchVersion } from "../search/terms";
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
  const corpId = ownCorpId();
  const [row] = await ("userId" in key
    ? byUserId().execute({ ...key, corpId })
    : byUnionId().execute({ ...key, corpId }));
  return row ? readRow(row) : null;
}

const byUserId = builtOnce((db) => selectEmployee(db, eq(employees.userId, sql.placeholder("userId"))));
const byUnionId = builtOnce((db) => selectEmployee(db, eq(employees.unionId, sql.placeholder("unionId"))));

function selectEmployee(db: Db, which: SQL) {
  return db
    .select()
    .from(employees)
    .where(and(eq(employees.corpId, sql.placeholder("corpId")), which))
    .orderBy(desc(employees.active), desc(employees.fetchedAt))
    .limit(1)
    .prepare("employee");
}

export function readRow(row: typeof employees.$inferSelect): StoredEmployee {
  const { details, active, fetchedAt, lastSignedInAt } = row;
  return { employee: employeeSchema.parse(details), active, fetchedAt, lastSignedInAt };
}

/** The columns that follow from the details. */
export function columnsOf(employee: Employee) {
  const { unionId, name, active, admin, departments } = employee;
  return {
    ...{ unionId, name, active, details: employee },
    ...{ isAdmin: admin, isLeader: departments.some(({ isLeader }) => isLeader) },
    departmentIds: departments.map(({ id }) => id),
    ...{ ...searchTermsOf(employee), searchVersion },
  };
}

/**
 * Saves what DingTalk says of an employee, inside the caller's transaction. A person who returned under a new userId has
 * only that one from then on. The sessions of an employee who is no longer active, or whose userId belongs to another
 * person now, are revoked.
 */
export async function saveEmployee(tx: Db, employee: Employee): Promise<void> {
  const key = { corpId: ownCorpId(), userId: employee.userId };
  const facts = { ...columnsOf(employee), isInRange: true, fetchedAt: sql`now()` };
  const [saved] = await tx
    .with(retirePart(tx, employee))
    .insert(employees)
    .values({ ...key, ...facts })
    .onConflictDoUpdate({ target: [employees.corpId, employees.userId], set: facts })
    .returning({ wasAdmin: wasAdmin(employee.userId), retired: retiredBy(employee) });
  const retired = saved?.retired ?? [];
  for (const other of retired) await endEmployment(tx, other);
  const isSamePerson = retired.every(({ userId }) => userId !== employee.userId);
  const isAdmin = employee.active && employee.admin;
  if (isAdmin !== (isSamePerson && (saved?.wasAdmin ?? false))) {
    await recordAdminChange(tx, { userId: employee.userId, isAdmin });
  }
  if (!employee.active) await revokeSessions(tx, employee.userId);
}

/** Marks an employee as a leaver and revokes every session at once. (S26) */
export async function deactivateEmployee(userId: UserId): Promise<void> {
  await db.transaction(async (tx) => {
    const [left] = await tx
      .update(employees)
      .set({ active: false, fetchedAt: sql`now()` })
      .where(and(eq(employees.corpId, ownCorpId()), eq(employees.userId, userId)))
      .returning({ wasAdmin: wasAdmin(userId) });
    if (left?.wasAdmin) await recordAdminChange(tx, { userId, isAdmin: false });
    await revokeSessions(tx, userId);
  });
}

/**
 * For the `returning` clause of a statement that changes this employee's row: whether DingTalk named them as admin before. A
 * subquery there still reads the row as it was.
 */
function wasAdmin(userId: string): SQL<boolean | null> {
  const isOwn = sql`before.corp_id = ${ownCorpId()} and before.user_id = ${userId}`;
  return sql`(select before.active and (before.details ->> 'admin')::boolean from ${employees} before where ${isOwn})`;
}

/** Who is an admin by ADMIN_USER_IDS is recorded by lib/audit/admins.ts. */
async function recordAdminChange(tx: Db, { userId, isAdmin }: { userId: string; isAdmin: boolean }): Promise<void> {
  const kind = isAdmin ? "admin_granted" : "admin_revoked";
  await recordEvent(tx, { kind, corpId: ownCorpId(), userId, reason: "dingtalk", client: null });
}

async function revokeSessions(tx: Db, userId: string): Promise<void> {
  const employee = { corpId: ownCorpId(), userId };
  const ended = await endSessions(tx, employee, "leaver");
  if (ended > 0) await recordEvent(tx, { kind: "employee_deactivated", ...employee, reason: "leaver", client: null });
}

/** Ends the records of the same person under former userIds, as a part of the statement that saves the present one. */
function retirePart(tx: Db, { unionId, userId }: Employee): WithSubquery {
  const isFormerId = and(eq(employees.unionId, unionId), ne(employees.userId, userId));
  const retired = tx
    .update(employees)
    .set({ active: false })
    .where(and(eq(employees.corpId, ownCorpId()), employees.active, isFormerId));
  return tx.$with("retired").as(retired.returning({ userId: employees.userId }));
}

type Retired = { userId: string; isAdmin: boolean | null };

/**
 * For the `returning` clause of the same statement: the same person under a former userId, and the person who had this userId
 * before, since a company may assign it again. (S9)
 */
function retiredBy({ unionId, userId }: Employee): SQL<Retired[] | null> {
  const isOwn = sql`before.corp_id = ${ownCorpId()} and before.active`;
  const isFormerId = sql`before.union_id = ${unionId} and before.user_id <> ${userId}`;
  const isFormerHolder = sql`before.user_id = ${userId} and before.union_id <> ${unionId}`;
  const retired = sql`json_build_object('userId', before.user_id, 'isAdmin', (before.details ->> 'admin')::boolean)`;
  return sql`(select json_agg(${retired}) from ${employees} before where ${isOwn} and (${isFormerId} or ${isFormerHolder}))`;
}

async function endEmployment(tx: Db, { userId, isAdmin }: Retired): Promise<void> {
  if (isAdmin) await recordAdminChange(tx, { userId, isAdmin: false });
  await revokeSessions(tx, userId);
}
