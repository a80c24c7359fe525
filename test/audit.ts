import { asc, type SQL } from "drizzle-orm";
import { auditEvents } from "../lib/db/audit-schema";
import { db } from "../lib/db/client";

/** The audit events that were recorded, in their order. Without one, PostgreSQL returns rows as they lie in its files, where new ones fill gaps. */
export async function recordedEvents(which?: SQL): Promise<(typeof auditEvents.$inferSelect)[]> {
  return db.select().from(auditEvents).where(which).orderBy(asc(auditEvents.id));
}
