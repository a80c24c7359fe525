import { and, eq } from "drizzle-orm";
import { recordEvent } from "../audit/events";
import { type Db, db } from "../db/client";
import { employees, sessions, tickets } from "../db/schema";
import { syncMissing } from "../db/sync-schema";
import { type UserId } from "../dingtalk/identity";
import { ownCorpId } from "../services";

export type Erased = { outcome: "erased"; sessions: number; tickets: number } | { outcome: "active" | "unknown" };

/**
 * Erases what is stored about an employee: the record, the sessions and the tickets, in one transaction with its audit event.
 * An active employee is refused unless `isForced`, because the next sign-in would store a new record. Audit events stay as
 * they are: they have ids, addresses and user agents but no names, and they must prove what happened; docs/privacy.md says
 * more.
 */
export async function eraseEmployee(userId: UserId, { isForced }: { isForced: boolean }): Promise<Erased> {
  return db.transaction(async (tx) => {
    const employee = { corpId: ownCorpId(), userId };
    const isEmployee = and(eq(employees.corpId, employee.corpId), eq(employees.userId, userId));
    const [found] = await tx.select({ active: employees.active }).from(employees).where(isEmployee).for("update");
    if (!found) return { outcome: "unknown" };
    if (found.active && !isForced) return { outcome: "active" };
    await tx.delete(employees).where(isEmployee);
    const erased = await eraseTraces(tx, employee);
    await recordEvent(tx, {
      kind: "employee_erased",
      ...employee,
      reason: found.active ? "forced" : null,
      client: null,
    });
    return { outcome: "erased", ...erased };
  });
}

async function eraseTraces(tx: Db, { corpId, userId }: { corpId: string; userId: string }) {
  const ended = await tx
    .delete(sessions)
    .where(and(eq(sessions.corpId, corpId), eq(sessions.userId, userId)))
    .returning({ idHash: sessions.idHash });
  const deleted = await tx
    .delete(tickets)
    .where(and(eq(tickets.corpId, corpId), eq(tickets.userId, userId)))
    .returning({ idHash: tickets.idHash });
  await tx.delete(syncMissing).where(eq(syncMissing.userId, userId));
  return { sessions: ended.length, tickets: deleted.length };
}
