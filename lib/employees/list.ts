import { and, arrayContains, asc, eq, like, type SQL, sql } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { type PageKey, readPageKey, writePageKey } from "../db/page-key";
import { employees, latestFirst } from "../db/schema";
import { countList } from "../db/total";
import { employeeSchema } from "../dingtalk/employee";
import { env } from "../env";
import { currentClient } from "../http/client-info";
import { type Admin } from "../sessions/permission";
import { departmentNames } from "./departments";
import { foldText, shortestInText } from "./search-terms";

export type EmployeeRow = {
  userId: string;
  name: string;
  avatarUrl: string | null;
  title: string | null;
  departments: string[];
  active: boolean;
  isAdmin: boolean;
  lastSignedInAt: Date | null;
};

export type EmployeePage = { employees: EmployeeRow[]; next: string | null; total: number };

const pageSize = 50;
/** Employees who never signed in sort last. */
const order = latestFirst(employees.lastSignedInAt);

/**
 * One page of the stored employees, the latest sign-in first. `after` is the `next` of the previous page. Each page of
 * a search is recorded: a page key can be made up, so the first one alone would not show what was read. (S37)
 */
export async function listEmployees(
  admin: Admin,
  { search, after }: { search: string; after: string | null },
): Promise<EmployeePage> {
  const words = wordsOf(search);
  if (words.length > 0) await recordSearch(admin, words);
  const matching = and(eq(employees.corpId, admin.corpId), matches(words));
  const key = readPageKey(after);
  const rows = await db
    .select()
    .from(employees)
    .where(and(matching, isAfter(key)))
    .orderBy(asc(order), asc(employees.userId))
    .limit(pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? shown.at(-1) : undefined;
  const name = JSON.stringify(["employees", admin.corpId, words]);
  return {
    employees: await describe(shown),
    next: last ? writePageKey(keyOf(last)) : null,
    total: key || last ? await countList({ name, table: employees, where: matching }) : rows.length,
  };
}

function wordsOf(search: string): string[] {
  // PostgreSQL cannot store a zero byte in text.
  return foldText(search.replaceAll("\0", " ")).split(/\s+/).filter(Boolean);
}

async function recordSearch({ corpId, userId: actorUserId }: Admin, words: string[]): Promise<void> {
  const reason = words.map(maskWord).join(" ").slice(0, 100);
  await recordEvent(db, { kind: "directory_searched", corpId, actorUserId, reason, client: await currentClient() });
}

/** The first character and the length: enough to recognise a search, and no name or number is stored. */
function maskWord(word: string): string {
  const [first = "", ...rest] = word;
  return rest.length > 0 ? first + "*".repeat(rest.length) : "*";
}

function matches(words: string[]): SQL | undefined {
  return and(...words.map(matchesWord));
}

function matchesWord(word: string): SQL {
  if ([...word].length < shortestInText) return arrayContains(employees.searchKeys, [word]);
  return like(employees.searchText, `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}

/** A comparison of rows is a condition of the index, so that a page in the middle costs as little as the first one. */
function isAfter(key: PageKey | null): SQL | undefined {
  if (!key) return undefined;
  // An SQL expression does not encode its parameters, and the PostgreSQL driver does not accept a Date.
  const seen = sql.param(key.at, employees.lastSignedInAt);
  return sql`(${order}, ${employees.userId}) > ('epoch'::timestamptz - ${seen}::timestamptz, ${key.id})`;
}

type Row = typeof employees.$inferSelect;

function keyOf({ lastSignedInAt, userId }: Row): PageKey {
  return { at: lastSignedInAt ?? new Date(0), id: userId };
}

async function describe(rows: Row[]): Promise<EmployeeRow[]> {
  const people = rows.map((row) => ({ row, employee: employeeSchema.parse(row.details) }));
  const names = await departmentNames([
    ...new Set(people.flatMap(({ employee }) => employee.departments.map(({ id }) => id))),
  ]);
  return people.map(({ row, employee }) => ({
    userId: row.userId,
    name: row.name,
    avatarUrl: employee.avatarUrl,
    title: employee.title,
    departments: employee.departments.flatMap(({ id }) => names.get(id) ?? []),
    active: row.active,
    isAdmin: employee.admin || env().ADMIN_USER_IDS.includes(row.userId),
    lastSignedInAt: row.lastSignedInAt,
  }));
}
