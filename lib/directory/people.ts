import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { type Db, db } from "../db/client";
import { employees } from "../db/schema";
import { syncDepartments } from "../db/sync-schema";
import { type MemberPage } from "../dingtalk/directory-calls";
import { type Employee } from "../dingtalk/employee";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { fetchEmployee } from "../employees/refresh";
import { markSeen, saveListed } from "../employees/save-listed";
import { saveEmployee } from "../employees/store";
import { dingtalk, ownCorpId } from "../services";
import { inParallel, type SyncWork } from "./calls";
import { ignoreGone } from "./departments";
import { type SyncRun, updateRun } from "./runs";

/** Departments that are read at the same time, each a page of 100 people: enough for the rate when DingTalk is slow. */
const atOnce = 8;

/** Reads the people of every department of the run from where it stopped, and then the single people of the range. */
export async function readPeople(work: SyncWork): Promise<void> {
  const { run } = work;
  const unread = await db
    .select()
    .from(syncDepartments)
    .where(and(eq(syncDepartments.runId, run.id), isNull(syncDepartments.doneAt)))
    .orderBy(asc(syncDepartments.departmentId));
  const save = oneAtATime();
  await inParallel(unread, atOnce, async ({ departmentId, cursor }) => {
    for (let next = cursor; next !== null; ) next = await readPage(work, { departmentId, cursor: next, save });
  });
  const single = await unseen(run, run.range?.userIds ?? []);
  await inParallel(single, atOnce, async (userId) => void (await readRecord(work, userId)));
}

type Place = { departmentId: number; cursor: number; save: <Result>(work: () => Promise<Result>) => Promise<Result> };

const emptyPage: MemberPage = { entries: [], unreadable: 0, nextCursor: null };

/** A page and the place of the next one are stored together, so that a crash loses nothing and counts nothing twice. */
async function readPage(work: SyncWork, { departmentId, cursor, save }: Place): Promise<number | null> {
  const { run, calls } = work;
  const page = await calls
    .make(() => dingtalk().listMembers(departmentId, cursor))
    .catch((error: unknown) => ignoreGone(error, emptyPage));
  for (const entry of page.entries) if ("unclear" in entry) await readRecord(work, entry.unclear);
  const listed = page.entries.flatMap((entry) => ("listed" in entry ? [entry.listed] : []));
  const state = page.nextCursor === null ? { doneAt: sql`now()` } : { cursor: page.nextCursor };
  const isThis = and(eq(syncDepartments.runId, run.id), eq(syncDepartments.departmentId, departmentId));
  await save(() =>
    db.transaction(async (tx) => {
      const { people, added, changed } = await saveListed(tx, listed, { syncId: run.id, departmentId });
      await tx.update(syncDepartments).set(state).where(isThis);
      await updateRun(tx, run, {
        ...{ people: sql`people + ${people}`, added: sql`added + ${added}`, changed: sql`changed + ${changed}` },
        ...{ unreadable: sql`unreadable + ${page.unreadable}`, calls: sql`calls + ${calls.takeCount()}` },
      });
    }),
  );
  return page.nextCursor;
}

/**
 * Asks for one person's own record, and saves it as that of a person whom the sync has seen. False when the company has no such
 * employee. Throws `DingTalkError` when DingTalk refuses, for example because the person is outside the visible range.
 */
export async function readRecord({ run, calls }: SyncWork, userId: UserId): Promise<boolean> {
  const employee = await calls.make(() => fetchEmployee(userId));
  if (employee) await db.transaction((tx) => saveRecord(tx, run, employee));
  return employee !== null;
}

async function saveRecord(tx: Db, run: SyncRun, employee: Employee): Promise<void> {
  // After a crash some are asked for again.
  const isSeen = and(eq(employees.userId, employee.userId), eq(employees.seenInSync, run.id));
  const counted = await tx.$count(employees, and(eq(employees.corpId, ownCorpId()), isSeen));
  await saveEmployee(tx, employee);
  await markSeen(tx, { syncId: run.id, userIds: [employee.userId] });
  await updateRun(tx, run, { people: sql`people + ${1 - counted}` });
}

async function unseen(run: SyncRun, given: string[]): Promise<UserId[]> {
  const rows = await db
    .select({ userId: employees.userId })
    .from(employees)
    .where(and(eq(employees.corpId, ownCorpId()), eq(employees.seenInSync, run.id)));
  const seen = new Set(rows.map(({ userId }) => userId));
  return given.flatMap((id) => (seen.has(id) ? [] : (parseUserId(id) ?? [])));
}

/** Two pages with the same new person must not be saved at the same time. */
function oneAtATime(): Place["save"] {
  let last: Promise<unknown> = Promise.resolve();
  return function save(work) {
    const saved = last.then(work);
    last = saved.catch(() => {});
    return saved;
  };
}
