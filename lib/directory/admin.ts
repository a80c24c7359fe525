import { and, eq, sql } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { syncDepartments, syncRuns } from "../db/sync-schema";
import { env } from "../env";
import { currentClient } from "../http/client-info";
import { type Admin, type RecentAdmin } from "../sessions/permission";
import { currentLimit, forgetAnswers, type Leaver, listLeavers } from "./missing";
import { listRuns, openRun, type SyncRun, takeAbandonedRun } from "./runs";
import { workOn } from "./sync";

export type SyncProgress = { departments: number; departmentsRead: number; secondsLeft: number | null };

/** `latest`: the run under way or waiting, or the last one; null before the first. `lastDone`: the last run that read everything. */
type LatestRuns = { latest: SyncRun | null; lastDone: SyncRun | null };

export type SyncView = LatestRuns & {
  /** Null unless a run is under way. */
  progress: SyncProgress | null;
  /** Whom a paused run would deactivate. */
  leavers: Leaver[];
  /** How many it may deactivate by itself; null unless a run is paused, because the whole company is counted for it. */
  leaverLimit: number | null;
  /** The latest runs, the newest first. */
  runs: SyncRun[];
};

/** `leavers`: how many people a paused run would deactivate. */
export type SyncSummary = LatestRuns & { leavers: number };

/** The state of the directory sync, for the directory. */
export async function viewSync(_admin: Admin): Promise<SyncView> {
  const runs = await listRuns(20);
  const { latest, lastDone } = pickLatest(runs);
  return {
    latest,
    lastDone,
    progress: latest?.state === "running" ? await progressOf(latest) : null,
    leavers: await leaversOf(latest),
    leaverLimit: latest?.state === "paused" ? await currentLimit() : null,
    runs,
  };
}

/** The same in short, for the overview. */
export async function summariseSync(_admin: Admin): Promise<SyncSummary> {
  const { latest, lastDone } = pickLatest(await listRuns(20));
  return { latest, lastDone, leavers: (await leaversOf(latest)).length };
}

function pickLatest(runs: SyncRun[]): LatestRuns {
  return { latest: runs[0] ?? null, lastDone: runs.find(({ state }) => state === "done") ?? null };
}

async function leaversOf(run: SyncRun | null): Promise<Leaver[]> {
  return run?.state === "paused" ? listLeavers(run) : [];
}

/** Starts a run; false while another one is under way or waits. It goes on after the response. */
export async function startSync(admin: Admin): Promise<boolean> {
  const client = await currentClient();
  const run = await db.transaction(async (tx) => {
    const opened = await openRun(tx, { trigger: "admin", startedBy: admin.userId });
    if (opened) await recordBy(tx, admin, { kind: "sync_started", reason: null, client });
    return opened;
  });
  if (run) void workOn(run);
  return run !== null;
}

/** Lets a paused run go on and deactivate the people whom DingTalk still does not know; false when none is paused. */
export async function approveLeavers(admin: RecentAdmin, runId: number): Promise<boolean> {
  const client = await currentClient();
  const isApproved = await db.transaction(async (tx) => {
    const isPaused = and(eq(syncRuns.id, runId), eq(syncRuns.corpId, admin.corpId), eq(syncRuns.state, "paused"));
    const [run] = await tx
      .update(syncRuns)
      .set({ state: "running", decidedBy: admin.userId, leasedUntil: sql`now() - interval '1 second'` })
      .where(isPaused)
      .returning();
    if (!run) return false;
    await forgetAnswers(tx, run);
    await recordBy(tx, admin, { kind: "sync_decided", reason: "deactivate", client });
    return true;
  });
  const run = isApproved ? await takeAbandonedRun() : null;
  if (run) void workOn(run);
  return isApproved;
}

/** Gives up the run that is under way or waits; what it has read stays. False when there is none. */
export async function cancelSync(admin: Admin, runId: number): Promise<boolean> {
  const client = await currentClient();
  return db.transaction(async (tx) => {
    const isOpen = and(
      eq(syncRuns.id, runId),
      eq(syncRuns.corpId, admin.corpId),
      sql`${syncRuns.state} in ('running', 'paused')`,
    );
    const ended = { state: "cancelled", decidedBy: admin.userId, endedAt: sql`now()` } as const;
    const [run] = await tx.update(syncRuns).set(ended).where(isOpen).returning();
    if (!run) return false;
    await tx.delete(syncDepartments).where(eq(syncDepartments.runId, run.id));
    await recordBy(tx, admin, { kind: "sync_decided", reason: "cancel", client });
    return true;
  });
}

type Act = Pick<Parameters<typeof recordEvent>[1], "kind" | "reason" | "client">;

async function recordBy(tx: Db, { corpId, userId: actorUserId }: Admin, act: Act): Promise<void> {
  await recordEvent(tx, { ...act, corpId, actorUserId });
}

async function progressOf({ id, expectedPeople, people, range }: SyncRun): Promise<SyncProgress> {
  const [departments, unread] = await Promise.all([
    db.$count(syncDepartments, eq(syncDepartments.runId, id)),
    db.$count(syncDepartments, and(eq(syncDepartments.runId, id), sql`${syncDepartments.doneAt} is null`)),
  ]);
  const known = range !== null && expectedPeople !== null;
  const callsLeft = unread + Math.max(0, (expectedPeople ?? 0) - people) / 100;
  const secondsLeft = known ? Math.ceil(callsLeft / env().DIRECTORY_SYNC_QPS) : null;
  return { departments, departmentsRead: departments - unread, secondsLeft };
}
