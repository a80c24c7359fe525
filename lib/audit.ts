import type { Db } from "./db/client";
import { auditEvents } from "./db/schema";
import type { WayIn } from "./sessions/way-in";
import type { Visit } from "./visit";

export type AuditKind =
  | "signed_in"
  | "refused"
  | "ticket_decided"
  | "signed_out"
  | "session_ended"
  | "sessions_ended"
  | "employee_viewed"
  | "employee_deactivated";

export type AuditEvent = {
  kind: AuditKind;
  corpId: string;
  userId?: string | null;
  actorUserId?: string | null;
  wayIn?: WayIn | null;
  reason?: string | null;
  reference?: string | null;
  visit?: Visit | null;
};

/** Writes one event. Pass the transaction of the change that it tells of, so that neither stands without the other. */
export async function recordEvent(db: Db, { visit, ...event }: AuditEvent): Promise<void> {
  await db.insert(auditEvents).values({ ...event, ip: visit?.ip, userAgent: visit?.userAgent });
}
