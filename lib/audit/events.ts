import { type WithSubquery } from "drizzle-orm";
import { auditEvents } from "../db/audit-schema";
import { type Db } from "../db/client";
import { type ClientInfo } from "../http/client-info";
import { currentRequestId } from "../incoming-request";
import { type SignInMethod } from "../sign-in-method";

/** docs/audit.md says what each kind means and which fields it has. */
export const auditKinds = [
  "signed_in",
  "refused",
  "ticket_decided",
  "signed_out",
  "session_ended",
  "sessions_ended",
  "company_sessions_ended",
  "employee_viewed",
  "mobile_viewed",
  "directory_searched",
  "directory_exported",
  "sessions_searched",
  "audit_searched",
  "audit_exported",
  "sync_started",
  "sync_paused",
  "sync_decided",
  "sync_ended",
  "employee_deactivated",
  "employee_erased",
  "admin_granted",
  "admin_revoked",
  "configuration_refused",
] as const;

export type AuditKind = (typeof auditKinds)[number];

export type AuditEvent = {
  kind: AuditKind;
  corpId: string;
  userId?: string | null;
  actorUserId?: string | null;
  method?: SignInMethod | null;
  reason?: string | null;
  reference?: string | null;
  /** Null for what the app finds out by itself: no request of a person causes it. */
  client: ClientInfo | null;
  /** DingTalk's id of the call that decided, which its support asks for. */
  dingtalkRequestId?: string | null;
  /** How often it happened, when repetitions are summarised. */
  count?: number;
};

/** Writes one audit event. Pass the transaction of the change it records, so that neither exists without the other. */
export async function recordEvent(tx: Db, event: AuditEvent): Promise<void> {
  await insertEvent(tx, event);
}

/** The same as a part of the statement that makes the change, for its `with`. */
export function eventPart(tx: Db, event: AuditEvent): WithSubquery {
  return tx.$with("recorded").as(insertEvent(tx, event).returning({ id: auditEvents.id }));
}

function insertEvent(tx: Db, { client, ...event }: AuditEvent) {
  return tx.insert(auditEvents).values({ ...event, ...client, requestId: currentRequestId() });
}
