import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { auditEvents } from "../db/audit-schema";
import { type Db, db } from "../db/client";
import { env } from "../env";
import { log } from "../log";
import { ownCorpId } from "../services";
import { recordEvent } from "./events";

/** An arbitrary number: of several processes that start at once, one compares while the others wait. */
const lock = 727_275;
const reason = "settings";

/**
 * Records who has become or ceased to be an admin by ADMIN_USER_IDS since the last start. The audit trail itself says who was
 * one; an entry that AUDIT_RETENTION_DAYS has deleted is written again. `boot` calls this once. (S37)
 */
export async function recordAdminSettings(): Promise<void> {
  const now = new Set(env().ADMIN_USER_IDS);
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lock})`);
    const before = await findRecorded(tx);
    for (const userId of now) if (!before.has(userId)) await record(tx, "admin_granted", userId);
    for (const userId of before) if (!now.has(userId)) await record(tx, "admin_revoked", userId);
  });
}

/** The same beside the start, which does not wait for it. */
export function recordAdminSettingsInBackground(): void {
  void recordAdminSettings().catch((err) => log().warn({ err }, "admins not recorded"));
}

async function findRecorded(tx: Db): Promise<Set<string>> {
  const kinds = inArray(auditEvents.kind, ["admin_granted", "admin_revoked"]);
  // Written into the statement, so that the index of such events answers it: a start must not read the whole trail.
  const isSetting = sql`${auditEvents.reason} = 'settings'`;
  const latest = await tx
    .selectDistinctOn([auditEvents.userId], { userId: auditEvents.userId, kind: auditEvents.kind })
    .from(auditEvents)
    .where(and(eq(auditEvents.corpId, ownCorpId()), kinds, isSetting))
    .orderBy(auditEvents.userId, desc(auditEvents.id));
  return new Set(latest.flatMap(({ userId, kind }) => (userId && kind === "admin_granted" ? userId : [])));
}

async function record(tx: Db, kind: "admin_granted" | "admin_revoked", userId: string): Promise<void> {
  await recordEvent(tx, { kind, corpId: ownCorpId(), userId, reason, client: null });
}
