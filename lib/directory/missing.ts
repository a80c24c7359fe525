import { and, asc, count, eq, isNull, lt, sql } from "drizzle-orm";
import { type Db, db } from "../db/client";
import { employees } from "../db/schema";
import { syncMissing } from "../db/sync-schema";
import { DingTalkError } from "../dingtalk/errors";
import { parseUserId, type UserId } from "../dingtalk/identity";
import { deactivateEmployee } from "../employees/store";
import { ownCorpId } from "../services";
import { inParallel, type SyncWork } from "./calls";
import { readRecord } from "./people";
import { type SyncRun, updateRun } from "./runs";

const atOnce = 4;
const batch = 500;

/** A run deactivates at most so many people, and at most this part of the company, without an admin's word. */
const maxLeavers = 20;
const maxPart = 0.05;

/** How many people a run may deactivate by itself in a company of this size. */
export function leaverLimit(people: number): number {
  return Math.min(maxLeavers, Math.ceil(people * maxPart));
}

/**
 * Asks DingTalk about each person who is stored as active and was in no list. Being absent proves nothing: the lists may be incomplete, or
 * the visible range smaller than before. Only DingTalk's own word that the company has no such employee makes a leaver. (S26)
 */
export async function confirmMissing(work: SyncWork): Promise<void> {
  const { run } = work;
  await noteMissing(run);
  for (;;) {
    const open = await db
      .select({ userId: syncMissing.userId })
      .from(syncMissing)
      .where(and(eq(syncMissing.runId, run.id), isNull(syncMissing.answer)))
      .orderBy(asc(syncMissing.userId))
      .limit(batch);
    if (open.length === 0) return;
    await inParallel(open, atOnce, async ({ userId }) => {
      const id = parseUserId(userId);
      const answer = id ? await askAbout(work, id) : "left";
      await note(run, { userId, answer });
      await updateRun(db, run, { calls: sql`calls + ${work.calls.takeCount()}` });
    });
  }
}

export type Leaver = { userId: string; name: string };

/** The people of a run of whom DingTalk says that they left, as far as they are still active here. */
export async function listLeavers({ id }: Pick<SyncRun, "id">): Promise<Leaver[]> {
  return db
    .select({ userId: employees.userId, name: employees.name })
    .from(syncMissing)
    .innerJoin(employees, and(eq(employees.userId, syncMissing.userId), eq(employees.corpId, ownCorpId())))
    .where(and(eq(syncMissing.runId, id), eq(syncMissing.answer, "left"), employees.active))
    .orderBy(asc(employees.nameKey), asc(employees.userId));
}

/** How many people a run may deactivate now without an admin. */
export async function currentLimit(): Promise<number> {
  const [company] = await db
    .select({ people: count() })
    .from(employees)
    .where(and(eq(employees.corpId, ownCorpId()), employees.active));
  return leaverLimit(company?.people ?? 0);
}

/** Ends the employment of each, with every session, and counts them. */
export async function deactivateLeavers(run: SyncRun): Promise<void> {
  for (const { userId } of await listLeavers(run)) {
    const id = parseUserId(userId);
    if (!id) continue;
    await updateRun(db, run, {});
    await deactivateEmployee(id);
    await updateRun(db, run, { deactivated: sql`deactivated + 1` });
  }
}

/** Asks again about everyone, since days may have passed until the decision. */
export async function forgetAnswers(tx: Db, { id }: Pick<SyncRun, "id">): Promise<void> {
  await tx.update(syncMissing).set({ answer: null }).where(eq(syncMissing.runId, id));
}

/** Who signed in or was read otherwise since the run began has been confirmed by that. */
async function noteMissing(run: SyncRun): Promise<void> {
  const missing = db
    .select({
      runId: sql`${run.id}::bigint`.as("run_id"),
      userId: employees.userId,
      answer: sql`null::text`.as("answer"),
    })
    .from(employees)
    .where(
      and(
        ...[eq(employees.corpId, ownCorpId()), employees.active, employees.isInRange],
        sql`${employees.seenInSync} is distinct from ${run.id}`,
        lt(employees.fetchedAt, run.startedAt),
      ),
    );
  await db.insert(syncMissing).select(missing).onConflictDoNothing();
}

type Answer = NonNullable<(typeof syncMissing.$inferSelect)["answer"]>;

async function askAbout(work: SyncWork, userId: UserId): Promise<Answer> {
  try {
    return (await readRecord(work, userId)) ? "there" : "left";
  } catch (error) {
    if (error instanceof DingTalkError && error.reason === "out_of_scope") return "out_of_range";
    throw error;
  }
}

async function note(run: SyncRun, { userId, answer }: { userId: string; answer: Answer }): Promise<void> {
  await db.transaction(async (tx) => {
    const isThis = and(eq(syncMissing.runId, run.id), eq(syncMissing.userId, userId));
    await tx.update(syncMissing).set({ answer }).where(isThis);
    if (answer !== "out_of_range") return;
    const isEmployee = and(eq(employees.corpId, ownCorpId()), eq(employees.userId, userId));
    await tx.update(employees).set({ isInRange: false }).where(isEmployee);
    await updateRun(tx, run, { outOfRange: sql`out_of_range + 1` });
  });
}
