import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { type Db, db } from "../db/client";
import { type SyncState, type SyncTrigger, syncMissing, syncRuns } from "../db/sync-schema";
import { ownCorpId } from "../services";
import { singleton } from "../singleton";

export type SyncRun = typeof syncRuns.$inferSelect;

/** A process that works on a run shows it more often than that; after a crash another one goes on. */
const leaseSeconds = 30;
/** How long the runs stay for the history. */
const keptDays = 90;

/** This process, as the holder of a run. */
const ownName = singleton("syncHolder", () => randomUUID());

const lease = () => sql`now() + make_interval(secs => ${leaseSeconds})`;

/** The run was given up by an admin, or another process works on it. */
export class LostRunError extends Error {
  override name = "LostRunError";
}

/** Starts a run for this process; null while another one runs or waits for a decision. */
export async function openRun(
  tx: Db,
  { trigger, startedBy }: { trigger: SyncTrigger; startedBy: string | null },
): Promise<SyncRun | null> {
  const run = { corpId: ownCorpId(), trigger, startedBy, holder: ownName(), leasedUntil: lease() };
  const [opened] = await tx.insert(syncRuns).values(run).onConflictDoNothing().returning();
  return opened ?? null;
}

/** Takes a run whose process is gone; null when there is none. */
export async function takeAbandonedRun(): Promise<SyncRun | null> {
  const isAbandoned = and(
    eq(syncRuns.corpId, ownCorpId()),
    eq(syncRuns.state, "running"),
    lt(syncRuns.leasedUntil, sql`now()`),
  );
  const [taken] = await db
    .update(syncRuns)
    .set({ holder: ownName(), leasedUntil: lease() })
    .where(isAbandoned)
    .returning();
  return taken ?? null;
}

/** Changes a run that this process works on. Throws `LostRunError` when it does so no longer. */
export async function updateRun(tx: Db, { id }: Pick<SyncRun, "id">, changes: RunChanges): Promise<SyncRun> {
  const isOwn = and(eq(syncRuns.id, id), eq(syncRuns.state, "running"), eq(syncRuns.holder, ownName()));
  const [updated] = await tx
    .update(syncRuns)
    .set({ leasedUntil: lease(), ...changes })
    .where(isOwn)
    .returning();
  if (!updated) throw new LostRunError();
  return updated;
}

type Columns = typeof syncRuns.$inferInsert;
type RunChanges = { [Name in keyof Columns]?: Columns[Name] | SQL };

/** Lets another process go on at once, because this one stops. What it still does of a run changes nothing any more. */
export async function releaseRuns(): Promise<void> {
  await db
    .update(syncRuns)
    .set({ leasedUntil: sql`now()`, holder: "" })
    .where(and(eq(syncRuns.state, "running"), eq(syncRuns.holder, ownName())));
}

/** The latest runs, the newest first. */
export async function listRuns(count: number): Promise<SyncRun[]> {
  return db.select().from(syncRuns).where(eq(syncRuns.corpId, ownCorpId())).orderBy(desc(syncRuns.id)).limit(count);
}

/** The latest run in one of these states. */
export async function findRun(...states: SyncState[]): Promise<SyncRun | null> {
  const isOne = sql`${syncRuns.state} in ${states}`;
  const [found] = await db
    .select()
    .from(syncRuns)
    .where(and(eq(syncRuns.corpId, ownCorpId()), isOne))
    .orderBy(desc(syncRuns.id))
    .limit(1);
  return found ?? null;
}

/** Deletes the runs that ended long ago, and who was missing in them. */
export async function deleteOldRuns(): Promise<void> {
  const isOld = lt(syncRuns.endedAt, sql`now() - make_interval(days => ${keptDays})`);
  const old = db.select({ id: syncRuns.id }).from(syncRuns).where(isOld);
  await db.delete(syncMissing).where(inArray(syncMissing.runId, old));
  await db.delete(syncRuns).where(isOld);
}
