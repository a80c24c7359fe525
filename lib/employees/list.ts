import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { db } from "../db/client";
import { readPageKey, readTextKey, writePageKey, writeTextKey } from "../db/page-key";
import { employees, latestFirst, sessions } from "../db/schema";
import { countList } from "../db/total";
import { employeeSchema } from "../dingtalk/employee";
import { env } from "../env";
import { recordSearch, wordsOf } from "../search/words";
import { type Admin } from "../sessions/permission";
import { isLive } from "../sessions/session";
import { departmentNames } from "./departments";
import { type EmployeeFilters, matchesFilters } from "./filters";
import { readTree } from "./tree";

export type EmployeeQuery = Omit<EmployeeFilters, "words"> & {
  search: string;
  sort: "recent" | "name";
  after: string | null;
};

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

export type EmployeePage = { employees: EmployeeRow[]; next: string | null; total: number };

const pageSize = 50;
/** So many are sorted at once; of more, the order of the list soon finds a page. */
const maxSorted = 1000;

type Row = typeof employees.$inferSelect;
type Order = { by: SQL; isAfter: (key: string | null) => SQL | undefined; keyOf: (row: Row) => string };

/** Employees who never signed in sort last. */
const recent = latestFirst(employees.lastSignedInAt);
const byName = sql`${employees.nameKey} collate "C"`;

/** A comparison of rows is a condition of the index, so that a page in the middle costs as little as the first one. */
const orders: Record<EmployeeQuery["sort"], Order> = {
  recent: {
    by: recent,
    isAfter(value) {
      const key = readPageKey(value);
      if (!key) return undefined;
      // An SQL expression does not encode its parameters, and the PostgreSQL driver does not accept a Date.
      const seen = sql.param(key.at, employees.lastSignedInAt);
      return sql`(${recent}, ${employees.userId}) > ('epoch'::timestamptz - ${seen}::timestamptz, ${key.id})`;
    },
    keyOf: ({ lastSignedInAt, userId }) => writePageKey({ at: lastSignedInAt ?? new Date(0), id: userId }),
  },
  name: {
    by: byName,
    isAfter(value) {
      const key = readTextKey(value);
      return key ? sql`(${byName}, ${employees.userId}) > (${key.text}, ${key.id})` : undefined;
    },
    keyOf: ({ nameKey, userId }) => writeTextKey({ text: nameKey, id: userId }),
  },
};

/**
 * One page of the stored employees whom a query finds. `after` is the `next` of the previous page. Each page of a search is recorded: a page
 * key can be made up, so the first one alone would not show what was read. (S37)
 */
export async function listEmployees(
  admin: Admin,
  { search, sort, after, ...filters }: EmployeeQuery,
): Promise<EmployeePage> {
  const words = wordsOf(search);
  // Both at once; the page needs both.
  const [page] = await Promise.all([
    findPage(admin, { words, sort, after, filters }),
    words.length > 0 && recordSearch(admin, "directory_searched", words),
  ]);
  return page;
}

type Asked = Pick<EmployeeQuery, "sort" | "after"> & { words: string[]; filters: Omit<EmployeeFilters, "words"> };

async function findPage(admin: Admin, { words, sort, after, filters }: Asked): Promise<EmployeePage> {
  const matching = await matchesQuery(admin, { ...filters, words });
  const name = JSON.stringify(["employees", admin.corpId, words, filters]);
  const count = () => countList({ name, table: employees, where: matching });
  const found = words.length > 0 ? await count() : null;
  const isFew = found !== null && found <= maxSorted;
  const { by, isAfter, keyOf } = orders[sort];
  const key = isAfter(after);
  const rows = await db
    .select()
    .from(employees)
    .where(and(isFew ? isOneOf(admin.corpId, matching) : matching, key))
    .orderBy(asc(by), asc(employees.userId))
    .limit(pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1) : undefined;
  const isWhole = !key && !last;
  const [described, total] = await Promise.all([describe(shown), isWhole ? rows.length : (found ?? count())]);
  return { employees: described, next: last ? keyOf(last) : null, total };
}

/**
 * The same employees, found before they are sorted. PostgreSQL cannot tell how many have a rare text in them, and would read the whole
 * company in the order of the list until a page is full.
 */
function isOneOf(corpId: string, matching: SQL | undefined): SQL | undefined {
  const ids = db.select({ userId: employees.userId }).from(employees).where(matching);
  return and(eq(employees.corpId, corpId), sql`${employees.userId} = any(array(${ids}))`);
}

/** The condition of a query; the departments below the one that is asked for come from the tree. */
export async function matchesQuery(admin: Admin, filters: EmployeeFilters): Promise<SQL | undefined> {
  const tree = filters.department === null ? { nodes: new Map(), roots: [] } : await readTree(admin);
  return matchesFilters(admin.corpId, filters, tree);
}

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
