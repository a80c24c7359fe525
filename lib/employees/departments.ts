import { and, eq, inArray, sql } from "drizzle-orm";
import { db } from "../db/client";
import { departments } from "../db/schema";
import { type Employee } from "../dingtalk/employee";
import { type Department } from "../dingtalk/schemas";
import { dingtalk, ownCorpId } from "../services";

/** Department names change rarely, so a record is fresh for a day. */
const freshMs = 24 * 3600 * 1000;
/** DingTalk's own limit on nesting is lower; this one only ends a loop in the data. */
const maxDepth = 20;

/** The names from the root down to each department, as far as they are stored; does not ask DingTalk. */
export async function departmentPaths(ids: number[]): Promise<Map<number, string[]>> {
  const known = await loadWithParents(ids);
  return new Map(ids.map((id) => [id, pathTo(id, known)]));
}

/** The names alone, for lists. */
export async function departmentNames(ids: number[]): Promise<Map<number, string>> {
  const rows = await load(ids);
  return new Map(rows.map((row) => [row.id, row.name]));
}

/**
 * Reads from DingTalk those of an employee's departments, and their parents, that are not stored or a day old. Throws when
 * one of them is refused, as those outside the app's visible range are; the others are saved all the same.
 */
export async function refreshDepartments({
  userId,
  departments: mine,
}: Pick<Employee, "userId" | "departments">): Promise<void> {
  if (await hasAll(mine.map((department) => department.id))) return;
  const chains = await dingtalk().listParentDepartments(userId);
  const missing = await withoutFresh([...new Set(chains.flat())]);
  const answers = await Promise.allSettled(missing.map((id) => dingtalk().getDepartment(id)));
  await save(answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : [])));
  const failure = answers.find((answer) => answer.status === "rejected");
  if (failure) throw failure.reason;
}

function pathTo(id: number, known: Map<number, Department>): string[] {
  const path: string[] = [];
  let next = known.get(id);
  while (next && path.length < maxDepth) {
    path.unshift(next.name);
    next = next.parentId === null ? undefined : known.get(next.parentId);
  }
  return path;
}

async function loadWithParents(ids: number[]): Promise<Map<number, Row>> {
  const known = new Map<number, Row>();
  let wanted = ids;
  for (let depth = 0; wanted.length > 0 && depth < maxDepth; depth++) {
    const rows = await load(wanted);
    for (const row of rows) known.set(row.id, row);
    wanted = rows.flatMap((row) => row.parentId ?? []).filter((id) => !known.has(id));
  }
  return known;
}

type Row = typeof departments.$inferSelect;

async function load(ids: number[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(departments)
    .where(and(eq(departments.corpId, ownCorpId()), inArray(departments.id, ids)));
}

async function hasAll(ids: number[]): Promise<boolean> {
  const known = await loadWithParents(ids);
  const isReached = (id: number | null) => id === null || known.has(id);
  return ids.every(isReached) && [...known.values()].every((row) => isFresh(row) && isReached(row.parentId));
}

async function withoutFresh(ids: number[]): Promise<number[]> {
  const fresh = new Set((await load(ids)).filter(isFresh).map((row) => row.id));
  return ids.filter((id) => !fresh.has(id));
}

function isFresh({ fetchedAt }: Row): boolean {
  return Date.now() - fetchedAt.getTime() < freshMs;
}

async function save(fetched: Department[]): Promise<void> {
  if (fetched.length === 0) return;
  await db
    .insert(departments)
    .values(fetched.map((department) => ({ corpId: ownCorpId(), ...department })))
    .onConflictDoUpdate({
      target: [departments.corpId, departments.id],
      set: { name: sql`excluded.name`, parentId: sql`excluded.parent_id`, fetchedAt: sql`now()` },
    });
}
