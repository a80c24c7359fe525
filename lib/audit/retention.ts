import { asc, eq, sql } from "drizzle-orm";
import { auditChain, auditEvents } from "../db/audit-schema";
import { type Db, db } from "../db/client";
import { env } from "../env";
import { deleteCheckpointsBefore, writeCheckpoint } from "./checkpoints";
import { exportedUpTo } from "./export";

/**
 * Deletes at most `batch` events that are older than AUDIT_RETENTION_DAYS, from the beginning of the trail, and returns how
 * many. A signed checkpoint of the last one keeps the rest provable. (S46) What AUDIT_EXPORT still waits for is kept.
 */
export function deleteOldEvents(batch: number): Promise<number> {
  return db.transaction(async (tx) => {
    const old = await listOldest(tx, batch);
    const last = old.at(-1);
    if (!last) return 0;
    await writeCheckpoint(tx, { position: last.position, hash: last.hash, kind: "retention" });
    await tx.execute(sql`select delete_audit_events(${last.position})`);
    await deleteCheckpointsBefore(tx, last.position);
    return old.length;
  });
}

/** Events are chained as their transactions commit, so a younger one may stand before an older one: only the beginning counts. */
async function listOldest(tx: Db, batch: number) {
  const { AUDIT_EXPORT } = env();
  const isExported =
    AUDIT_EXPORT === "off" ? sql`true` : sql`${auditChain.position} <= ${await exportedUpTo(tx, AUDIT_EXPORT)}`;
  const before = sql`now() - make_interval(days => ${env().AUDIT_RETENTION_DAYS})`;
  const rows = await tx
    .select({
      position: auditChain.position,
      hash: auditChain.hash,
      isOld: sql<boolean>`${auditEvents.at} < ${before} and ${isExported}`,
    })
    .from(auditChain)
    .innerJoin(auditEvents, eq(auditEvents.id, auditChain.eventId))
    .orderBy(asc(auditChain.position))
    .limit(batch);
  const firstYoung = rows.findIndex(({ isOld }) => !isOld);
  return firstYoung < 0 ? rows : rows.slice(0, firstYoung);
}
