import { isDeepStrictEqual } from "node:util";
import { and, eq, inArray, or, sql } from "drizzle-orm";
import { type Db } from "../db/client";
import { employees } from "../db/schema";
import { type Employee } from "../dingtalk/employee";
import { type ListedEmployee, mergeListed } from "../dingtalk/listed-employee";
import { ownCorpId } from "../services";
import { columnsOf, readRow, saveEmployee } from "./store";

type Row = typeof employees.$inferSelect;
type Place = { syncId: number; departmentId: number };

/** `people`: how many the sync meets for the first time; a person of several departments is in several lists. */
export type SavedPage = { people: number; added: number; changed: number };

/**
 * Saves a page of a department's list in a few statements, inside the caller's transaction. Who became active, inactive, an admin
 * or another person is saved one by one, as at a sign-in, with everything that follows from it.
 */
export async function saveListed(tx: Db, page: ListedEmployee[], { syncId, departmentId }: Place): Promise<SavedPage> {
  if (page.length === 0) return { people: 0, added: 0, changed: 0 };
  const known = await findKnown(tx, page);
  const merged = page.map((listed): Merged => {
    const row = known.find(({ userId }) => userId === listed.employee.userId) ?? null;
    return { row, employee: mergeListed(listed, row && readRow(row).employee, departmentId) };
  });
  const changed = merged.filter(({ row, employee }) => !row || !isSame(row, employee));
  const isPlain = (one: Merged) => isSamePerson(one) && !known.some((row) => isFormerId(row, one.employee));
  const plain = changed.filter(isPlain);
  await upsert(tx, plain);
  for (const one of changed) if (!plain.includes(one)) await saveEmployee(tx, one.employee);
  await markSeen(tx, { syncId, userIds: merged.map(({ employee }) => employee.userId) });
  const isNew = ({ row }: Merged) => row?.seenInSync !== syncId;
  return {
    people: merged.filter(isNew).length,
    added: changed.filter(({ row }) => row === null).length,
    changed: changed.filter((one) => one.row !== null && isNew(one)).length,
  };
}

type Merged = { row: Row | null; employee: Employee };

/** These people, and the same ones under other userIds. Locked, so that a refresh at the same time comes before or after. */
async function findKnown(tx: Db, page: ListedEmployee[]): Promise<Row[]> {
  const userIds = page.map(({ employee }) => employee.userId);
  const unionIds = page.map(({ employee }) => employee.unionId);
  return tx
    .select()
    .from(employees)
    .where(
      and(
        eq(employees.corpId, ownCorpId()),
        or(inArray(employees.userId, userIds), inArray(employees.unionId, unionIds)),
      ),
    )
    .orderBy(employees.userId)
    .for("update");
}

function isSame(row: Row, employee: Employee): boolean {
  return row.active === employee.active && isDeepStrictEqual(readRow(row).employee, employee);
}

/** Nothing follows but the row itself: no session to revoke, no event for the audit trail. */
function isSamePerson({ row, employee }: Merged): boolean {
  if (!row) return !employee.admin;
  return row.unionId === employee.unionId && row.active === employee.active && row.isAdmin === employee.admin;
}

function isFormerId(row: Row, { unionId, userId }: Employee): boolean {
  return row.active && row.unionId === unionId && row.userId !== userId;
}

async function upsert(tx: Db, plain: Merged[]): Promise<void> {
  if (plain.length === 0) return;
  const corpId = ownCorpId();
  await tx
    .insert(employees)
    .values(plain.map(({ employee }) => ({ corpId, userId: employee.userId, ...columnsOf(employee) })))
    .onConflictDoUpdate({
      target: [employees.corpId, employees.userId],
      set: {
        name: sql`excluded.name`,
        details: sql`excluded.details`,
        departmentIds: sql`excluded.department_ids`,
        isLeader: sql`excluded.is_leader`,
        searchText: sql`excluded.search_text`,
        searchKeys: sql`excluded.search_keys`,
        nameKey: sql`excluded.name_key`,
        searchVersion: sql`excluded.search_version`,
      },
    });
}

/** Notes that DingTalk showed these people to a sync, which confirms their records too. */
export async function markSeen(tx: Db, { syncId, userIds }: { syncId: number; userIds: string[] }): Promise<void> {
  await tx
    .update(employees)
    .set({ seenInSync: syncId, isInRange: true, fetchedAt: sql`now()` })
    .where(and(eq(employees.corpId, ownCorpId()), inArray(employees.userId, userIds)));
}
