import { and, eq, type SQL, sql } from "drizzle-orm";
import { db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { env } from "../env";
import { isLive } from "../sessions/session";
import { type DepartmentTree } from "./tree";

export type EmployeeRow = {
  userId: string;
  name: string;
  avatarUrl: string | null;
  title: string | null;
  jobNumber: string | null;
  departments: string[];
  active: boolean;
  isAdmin: boolean;
  isLeader: boolean;
  lastSignedInAt: Date | null;
  /** On how many devices the employee is signed in now. */
  devices: number;
};

export type ListedEmployee = Awaited<ReturnType<typeof selectListed>>[number];

/** Reads of employees only what lists show of them, and sort them by: the whole records of a page are ten times as long. */
export function selectListed() {
  const { userId, name, nameKey, departmentIds, active, isAdmin, isLeader, lastSignedInAt } = employees;
  return db
    .select({
      ...{ userId, name, nameKey, departmentIds, active, isAdmin, isLeader, lastSignedInAt },
      ...{ avatarUrl: detail("avatarUrl"), title: detail("title"), jobNumber: detail("jobNumber") },
      devices: countDevices(),
    })
    .from(employees);
}

/** Listed employees as the pages show them. */
export function describe(listed: ListedEmployee[], { nodes }: DepartmentTree): EmployeeRow[] {
  return listed.map(({ nameKey: _nameKey, departmentIds, ...row }) => ({
    ...row,
    departments: departmentIds.flatMap((id) => nodes.get(id)?.name ?? []),
    isAdmin: row.isAdmin || env().ADMIN_USER_IDS.includes(row.userId),
  }));
}

function detail(name: string): SQL<string | null> {
  return sql`${employees.details} ->> ${sql.raw(`'${name}'`)}`;
}

function countDevices(): SQL<number> {
  const isOwn = and(eq(sessions.corpId, employees.corpId), eq(sessions.userId, employees.userId));
  return sql`(select count(*)::int from ${sessions} where ${and(isOwn, isLive())})`;
}
