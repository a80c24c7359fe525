import { and, arrayOverlaps, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { env } from "../env";
import { matchesWords } from "../search/words";
import { isLive } from "../sessions/session";
import { type DepartmentTree, withDescendants } from "./tree";

/** What an admin may narrow the directory down to; null: everything. */
export type EmployeeFilters = {
  words: string[];
  department: number | null;
  role: "admin" | "leader" | null;
  state: "active" | "inactive" | null;
  signedIn: "now" | "never" | null;
};

/** A department of so many is found sooner by going through everyone in order than by collecting its people first. */
const largeDepartment = 4000;

/** The condition of a list of employees of this company. */
export function matchesFilters(corpId: string, filters: EmployeeFilters, tree: DepartmentTree): SQL | undefined {
  const { words, department } = filters;
  return and(
    eq(employees.corpId, corpId),
    matchesWords(words),
    department === null ? undefined : isInDepartment(tree, department),
    hasRole(corpId, filters.role),
    hasState(filters.state),
    hasSignedIn(filters.signedIn),
  );
}

function hasRole(corpId: string, role: EmployeeFilters["role"]): SQL | undefined {
  if (role === "admin") return isAdmin(corpId);
  return role === "leader" ? sql`${employees.isLeader}` : undefined;
}

function hasState(state: EmployeeFilters["state"]): SQL | undefined {
  if (state === null) return undefined;
  return state === "active" ? sql`${employees.active}` : sql`not ${employees.active}`;
}

function hasSignedIn(signedIn: EmployeeFilters["signedIn"]): SQL | undefined {
  if (signedIn === null) return undefined;
  return signedIn === "now" ? isSignedIn() : hasNeverSignedIn;
}

/** The same expression as that of the index, which has everyone who never signed in in one place. */
const hasNeverSignedIn = sql`coalesce('epoch'::timestamptz - ${employees.lastSignedInAt}, interval '0') = interval '0'`;

function isInDepartment(tree: DepartmentTree, id: number): SQL {
  const ids = withDescendants(tree, id);
  if (ids.length === 0) return sql`false`;
  const isMember = arrayOverlaps(employees.departmentIds, ids);
  const isLarge = (tree.nodes.get(id)?.people ?? 0) > largeDepartment;
  return isLarge ? sql`(${isMember}) is true` : isMember;
}

/** DingTalk's admins, and those of ADMIN_USER_IDS. */
function isAdmin(corpId: string): SQL | undefined {
  const named = db
    .select({ userId: employees.userId })
    .from(employees)
    .where(and(eq(employees.corpId, corpId), employees.isAdmin));
  const configured = env().ADMIN_USER_IDS;
  return or(
    sql`${employees.userId} = any(array(${named}))`,
    configured.length > 0 ? inArray(employees.userId, configured) : undefined,
  );
}

function isSignedIn(): SQL {
  const isOwn = and(eq(sessions.corpId, employees.corpId), eq(sessions.userId, employees.userId));
  return sql`exists (select 1 from ${sessions} where ${and(isOwn, isLive())})`;
}
