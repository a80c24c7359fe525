import { type Db } from "../db/client";
import { auditEvents } from "../db/schema";
import { type ClientInfo } from "../http/client-info";
import { currentRequestId } from "../incoming-request";
import { type SignInMethod } from "../sign-in-method";

export type AuditKind =
  | "signed_in"
  | "refused"
  | "ticket_decided"
  | "signed_out"
  | "session_ended"
  | "sessions_ended"
  | "company_sessions_ended"
  | "employee_viewed"
  | "employee_deactivated";

export type AuditEvent = {
  kind: AuditKind;
  corpId: string;
  userId?: string | null;
  actorUserId?: string | null;
  method?: SignInMethod | null;
  reason?: string | null;
  reference?: string | null;
  client?: ClientInfo | null;
};

/** Writes one audit event. Pass the transaction of the change it records, so that neither exists without the other. */
export async function recordEvent(tx: Db, { client, ...event }: AuditEvent): Promise<void> {
  await tx.insert(auditEvents).values({ ...event, ...client, requestId: currentRequestId() });
}
