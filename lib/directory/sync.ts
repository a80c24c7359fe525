import { eq } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { syncDepartments } from "../db/sync-schema";
import { DingTalkError } from "../dingtalk/errors";
import { saveDepartments } from "../employees/departments";
import { log } from "../log";
import { dingtalk, ownCorpId } from "../services";
import { singleton } from "../singleton";
import { createSyncCalls, inParallel, type SyncWork } from "./calls";
import { addDepartments, forgetDepartments, readDepartments } from "./departments";
import { confirmMissing, currentLimit, deactivateLeavers, listLeavers } from "./missing";
import { readPeople } from "./people";
import { findRun, LostRunError, type SyncRun, updateRun } from "./runs";

/** The department of all others. */
const rootId = 1;
/** Several times in the time of a lease. */
const heartbeatMs = 8000;

const current = singleton<{ work: Promise<void> | null }>("directorySync", () => ({ work: null }));

/** Whether this process works on a run. */
export function isSyncing(): boolean {
  return current().work !== null;
}

/**
 * Works on a run that this process holds, to its end or to a pause. One that was given up may not have noticed it yet, and ends first.
 * Logs failures and never throws.
 */
export function workOn(run: SyncRun): Promise<void> {
  const own = current();
  const before = own.work ?? Promise.resolve();
  const working = before
    .then(() => work(run))
    .finally(() => {
      if (own.work === working) own.work = null;
    });
  own.work = working;
  return working;
}

async function work(run: SyncRun): Promise<void> {
  const heartbeat = setInterval(() => void updateRun(db, run, {}).catch(() => {}), heartbeatMs);
  try {
    await readDirectory({ run, calls: createSyncCalls() });
  } catch (error) {
    if (error instanceof LostRunError)
      log().info({ run: run.id }, "directory sync left to another process, or given up");
    else await fail(run, error);
  } finally {
    clearInterval(heartbeat);
  }
}

async function readDirectory({ run: given, calls }: SyncWork): Promise<void> {
  const run = given.range ? given : await readRange({ run: given, calls });
  const work = { run, calls };
  await readDepartments(work);
  await readPeople(work);
  await confirmMissing(work);
  const leavers = await listLeavers(run);
  if (run.decidedBy === null && leavers.length > (await currentLimit())) return pause(run, leavers.length);
  await deactivateLeavers(run);
  await forgetDepartments(work);
  await end(run, { state: "done" });
}

/** DingTalk says first what the app may see. Without anything to see, something is wrong with the app's permissions. */
async function readRange({ run, calls }: SyncWork): Promise<SyncRun> {
  const range = await calls.make(() => dingtalk().getVisibleRange());
  if (range.departmentIds.length + range.userIds.length === 0)
    throw new DingTalkError({ call: "auth/scopes", kind: "refused", reason: "out_of_scope" });
  const isWhole = range.departmentIds.includes(rootId);
  const before = await findRun("done");
  const expectedPeople = isWhole ? await calls.make(() => dingtalk().countEmployees()) : (before?.people ?? null);
  await inParallel(range.departmentIds, 4, async (id) => {
    const department = await calls.make(() => dingtalk().getDepartment(id));
    await saveDepartments(db, [department], { inOrder: false });
  });
  return db.transaction(async (tx) => {
    await addDepartments(tx, run, range.departmentIds);
    return updateRun(tx, run, { range, expectedPeople });
  });
}

async function pause(run: SyncRun, leavers: number): Promise<void> {
  await db.transaction(async (tx) => {
    await updateRun(tx, run, { state: "paused" });
    await record(tx, "sync_paused", String(leavers));
  });
  log().warn({ run: run.id, leavers }, "directory sync paused: an admin has to decide");
}

async function fail(run: SyncRun, err: unknown): Promise<void> {
  const reason = err instanceof DingTalkError ? (err.reason ?? err.kind) : "internal";
  log().warn({ run: run.id, err }, "directory sync failed");
  await end(run, { state: "failed", reason }).catch(() => {});
}

async function end(run: SyncRun, result: { state: "done" | "failed"; reason?: string }): Promise<void> {
  await db.transaction(async (tx) => {
    const { added, changed, deactivated, people, calls } = await updateRun(tx, run, { ...result, endedAt: new Date() });
    await tx.delete(syncDepartments).where(eq(syncDepartments.runId, run.id));
    const numbers = `done +${added} ~${changed} -${deactivated}`;
    await record(tx, "sync_ended", result.state === "done" ? numbers : `failed ${result.reason}`);
    const seconds = (Date.now() - run.startedAt.getTime()) / 1000;
    log().info({ run: run.id, ...result, added, changed, deactivated, people, calls, seconds }, "directory sync ended");
  });
}

async function record(tx: Db, kind: "sync_paused" | "sync_ended", reason: string): Promise<void> {
  await recordEvent(tx, { kind, corpId: ownCorpId(), reason, client: null });
}
