import { and, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import { type Db, db } from "../db/client";
import { departments } from "../db/schema";
import { syncDepartments } from "../db/sync-schema";
import { DingTalkError } from "../dingtalk/errors";
import { saveDepartments } from "../employees/departments";
import { dingtalk, ownCorpId } from "../services";
import { inParallel, type SyncWork } from "./calls";
import { type SyncRun, updateRun } from "./runs";

/** Departments whose sub-departments are asked for at the same time. */
const atOnce = 8;

/** Reads the tree below the departments of the range, level by level. What was read before a crash is not read again. */
export async function readDepartments({ run, calls }: SyncWork): Promise<void> {
  for (;;) {
    const unread = await db
      .select({ id: syncDepartments.departmentId })
      .from(syncDepartments)
      .where(and(eq(syncDepartments.runId, run.id), isNull(syncDepartments.cursor)));
    if (unread.length === 0) return;
    await inParallel(unread, atOnce, async ({ id }) => {
      const below = await calls
        .make(() => dingtalk().listSubDepartments(id))
        .catch((error: unknown) => ignoreGone(error, []));
      await db.transaction(async (tx) => {
        await saveDepartments(tx, below, { inOrder: true });
        await addDepartments(
          tx,
          run,
          below.map((department) => department.id),
        );
        const isThis = and(eq(syncDepartments.runId, run.id), eq(syncDepartments.departmentId, id));
        await tx.update(syncDepartments).set({ cursor: 0 }).where(isThis);
        await updateRun(tx, run, { calls: sql`calls + ${calls.takeCount()}` });
      });
    });
  }
}

/** Remembers departments as those of a run, which are to be read. */
export async function addDepartments(tx: Db, run: SyncRun, ids: number[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = ids.map((departmentId) => ({ runId: run.id, departmentId }));
  await tx.insert(syncDepartments).values(rows).onConflictDoNothing();
}

/** Forgets departments that are not in the run and of which DingTalk says that they do not exist. Others stay, for their names. */
export async function forgetDepartments({ run, calls }: SyncWork): Promise<void> {
  const inRun = db
    .select({ id: syncDepartments.departmentId })
    .from(syncDepartments)
    .where(eq(syncDepartments.runId, run.id));
  const missing = await db
    .select({ id: departments.id })
    .from(departments)
    .where(and(eq(departments.corpId, ownCorpId()), notInArray(departments.id, inRun)));
  const gone: number[] = [];
  await inParallel(missing, atOnce, async ({ id }) => {
    const found = await calls.make(() => dingtalk().getDepartment(id)).catch(refusal);
    if (found instanceof DingTalkError && found.reason === "no_department") gone.push(id);
  });
  if (gone.length === 0) return;
  await db.delete(departments).where(and(eq(departments.corpId, ownCorpId()), inArray(departments.id, gone)));
}

/** A department may be removed while a run is under way. */
export function ignoreGone<Result>(error: unknown, instead: Result): Result {
  if (error instanceof DingTalkError && error.reason === "no_department") return instead;
  throw error;
}

function refusal(error: unknown): DingTalkError {
  if (error instanceof DingTalkError && error.kind === "refused") return error;
  throw error;
}
