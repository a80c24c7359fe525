import { and, eq, inArray, sql } from "drizzle-orm";
import { db } from "../db/client";
import { type employees, sessions } from "../db/schema";
import { employeeSchema } from "../dingtalk/employee";
import { env } from "../env";
import { isLive } from "../sessions/session";
import { departmentNames } from "./departments";

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

type Row = typeof employees.$inferSelect;

/** Rows as the pages show them: without contact details and unionId. */
export async function describe(rows: Row[]): Promise<EmployeeRow[]> {
  const people = rows.map((row) => ({ row, employee: employeeSchema.parse(row.details) }));
  const ids = people.flatMap(({ employee }) => employee.departments.map(({ id }) => id));
  const [names, devices] = await Promise.all([departmentNames([...new Set(ids)]), countDevices(rows)]);
  return people.map(({ row, employee }) => ({
    userId: row.userId,
    name: row.name,
    avatarUrl: employee.avatarUrl,
    title: employee.title,
    jobNumber: employee.jobNumber,
    departments: employee.departments.flatMap(({ id }) => names.get(id) ?? []),
    active: row.active,
    isAdmin: employee.admin || env().ADMIN_USER_IDS.includes(row.userId),
    isLeader: row.isLeader,
    lastSignedInAt: row.lastSignedInAt,
    devices: devices.get(row.userId) ?? 0,
  }));
}

async function countDevices(rows: Row[]): Promise<Map<string, number>> {
  const [first] = rows;
  if (!first) return new Map();
  const isTheirs = and(
    eq(sessions.corpId, first.corpId),
    inArray(
      sessions.userId,
      rows.map(({ userId }) => userId),
    ),
  );
  const counted = await db
    .select({ userId: sessions.userId, devices: sql<number>`count(*)::int` })
    .from(sessions)
    .where(and(isTheirs, isLive()))
    .groupBy(sessions.userId);
  return new Map(counted.map(({ userId, devices }) => [userId, devices]));
}
