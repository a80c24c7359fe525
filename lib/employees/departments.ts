import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { builtOnce, type Db, db } from "../db/client";
import { departments } from "../db/schema";
import { type Employee } from "../dingtalk/employee";
import { DingTalkError } from "../dingtalk/errors";
import { type Department } from "../dingtalk/schemas";
import { dingtalk, ownCorpId } from "../services";

/** Department names change rarely, so a record is fresh for a day. */
const freshMs = 24 * 3600 * 1000;
/** DingTalk's own limit on nesting is lower; this one only ends a loop in the data. */
const maxDepth = 20;

type Known = {
  /** The names from the root down to each department, as far as they are stored. */
  paths: Map<number, string[]>;
  /** Each of them and of their parents is stored and at most a day old. */
  isFresh: boolean;
};

/** What is stored of these departments and their parents, in one statement; does not ask DingTalk. */
export async function findDepartments(ids: number[]): Promise<Known> {
  const known = await loadWithParents(ids);
  const isReached = (id: number | null) => id === null || known.has(id);
  return {
    paths: new Map(ids.map((id) => [id, pathTo(id, known)])),
    isFresh: ids.every(isReached) && [...known.values()].every((row) => isFresh(row) && isReached(row.parentId)),
  };
}

/**
 * Reads from DingTalk those of an employee's departments, and their parents, that are not stored or a day old. Throws when
 * one of them is refused, as those outside the app's visible range are; the others are saved all the same.
 */
export async function refreshDepartments({
  userId,
  departments: mine,
}: Pick<Employee, "userId" | "departments">): Promise<void> {
  if ((await findDepartments(mine.map((department) => department.id))).isFresh) return;
  const chains = await dingtalk().listParentDepartments(userId);
  const missing = await withoutFresh([...new Set(chains.flat())]);
  const answers = await Promise.allSettled(missing.map((id) => dingtalk().getDepartment(id)));
  await saveDepartments(
    db,
    answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : [])),
    { inOrder: false },
  );
  const failure = answers.find((answer) => answer.status === "rejected");
  if (failure) throw failure.reason;
}

/** Reads from DingTalk what changed of departments that are stored. One that is gone there is forgotten. */
export async function reloadDepartments(ids: number[]): Promise<void> {
  const stored = (await load(ids)).map((row) => row.id);
  const answers = await Promise.allSettled(stored.map((id) => dingtalk().getDepartment(id)));
  await saveDepartments(
    db,
    answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : [])),
    { inOrder: false },
  );
  const failed = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
  const failure = failed.find((reason) => !(reason instanceof DingTalkError && reason.kind === "refused"));
  if (failure) throw failure;
  const refused = stored.filter((_id, index) => answers[index]?.status === "rejected");
  if (refused.length === 0) return;
  await db.delete(departments).where(and(eq(departments.corpId, ownCorpId()), inArray(departments.id, refused)));
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

type Row = typeof departments.$inferSelect;

async function loadWithParents(ids: number[]): Promise<Map<number, Row>> {
  const rows = ids.length === 0 ? [] : await selectWithParents().execute({ ids, corpId: ownCorpId() });
  return new Map(rows.map((row) => [row.id, row]));
}

async function load(ids: number[]): Promise<Row[]> {
  return ids.length === 0 ? [] : selectThem().execute({ ids, corpId: ownCorpId() });
}

/** An array, so that the statement has one text for any number of ids. */
const given = sql`${sql.placeholder("ids")}::bigint[]`;
const isOwn = sql`corp_id = ${sql.placeholder("corpId")}`;
// `union` drops what is reached already, which ends a loop in the data.
const reached = sql`with recursive reached (id) as (
  select unnest(${given})
  union select parent_id from ${departments} join reached using (id) where ${isOwn} and parent_id is not null
) select id from reached`;

const selectThem = builtOnce((db) => select(db, given));
const selectWithParents = builtOnce((db) => select(db, sql`array(${reached})`));

function select(db: Db, ids: SQL) {
  return db
    .select()
    .from(departments)
    .where(and(isOwn, sql`${departments.id} = any(${ids})`))
    .prepare("departments");
}

async function withoutFresh(ids: number[]): Promise<number[]> {
  const fresh = new Set((await load(ids)).filter(isFresh).map((row) => row.id));
  return ids.filter((id) => !fresh.has(id));
}

function isFresh({ fetchedAt }: Row): boolean {
  return Date.now() - fetchedAt.getTime() < freshMs;
}

/**
 * Saves departments as DingTalk describes them. `inOrder`: they are all those below one department, in the order of the address book;
 * otherwise each keeps its place.
 */
export async function saveDepartments(tx: Db, fetched: Department[], { inOrder }: { inOrder: boolean }): Promise<void> {
  if (fetched.length === 0) return;
  const corpId = ownCorpId();
  const facts = { name: sql`excluded.name`, parentId: sql`excluded.parent_id`, fetchedAt: sql`now()` };
  await tx
    .insert(departments)
    .values(fetched.map((department, index) => ({ corpId, ...department, position: inOrder ? index : null })))
    .onConflictDoUpdate({
      target: [departments.corpId, departments.id],
      set: inOrder ? { ...facts, position: sql`excluded.position` } : facts,
    });
}
