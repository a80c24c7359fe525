import { type auditChain, type auditEvents } from "../db/audit-schema";
import { type AuditKind } from "./events";

/** `chain` is null for an event without a place in the chain, which the app did not write. */
export type ChainedEvent = { chain: typeof auditChain.$inferSelect | null; event: typeof auditEvents.$inferSelect };

/** The version of https://schema.ocsf.io that the names and numbers are from. */
const version = "1.5.0";

const classes = {
  accountChange: { class_uid: 3001, class_name: "Account Change", category_uid: 3 },
  authentication: { class_uid: 3002, class_name: "Authentication", category_uid: 3 },
  entityManagement: { class_uid: 3004, class_name: "Entity Management", category_uid: 3 },
  userAccess: { class_uid: 3005, class_name: "User Access Management", category_uid: 3 },
  application: { class_uid: 6002, class_name: "Application Lifecycle", category_uid: 6 },
};

type Activity = { of: keyof typeof classes; activity_id: number; activity_name: string };

/** What each kind of event is in OCSF. 99 is OCSF's "Other", whose name is ours. */
const activities: Record<AuditKind, Activity> = {
  signed_in: { of: "authentication", activity_id: 1, activity_name: "Logon" },
  refused: { of: "authentication", activity_id: 1, activity_name: "Logon" },
  ticket_decided: { of: "authentication", activity_id: 99, activity_name: "Ticket decided" },
  signed_out: { of: "authentication", activity_id: 2, activity_name: "Logoff" },
  session_ended: { of: "authentication", activity_id: 2, activity_name: "Logoff" },
  sessions_ended: { of: "authentication", activity_id: 2, activity_name: "Logoff" },
  company_sessions_ended: { of: "authentication", activity_id: 2, activity_name: "Logoff" },
  employee_viewed: { of: "entityManagement", activity_id: 2, activity_name: "Read" },
  mobile_viewed: { of: "entityManagement", activity_id: 2, activity_name: "Read" },
  directory_searched: { of: "entityManagement", activity_id: 2, activity_name: "Read" },
  directory_exported: { of: "entityManagement", activity_id: 2, activity_name: "Read" },
  sessions_searched: { of: "entityManagement", activity_id: 2, activity_name: "Read" },
  audit_searched: { of: "entityManagement", activity_id: 2, activity_name: "Read" },
  audit_exported: { of: "entityManagement", activity_id: 2, activity_name: "Read" },
  sync_started: { of: "application", activity_id: 99, activity_name: "Directory sync started" },
  sync_paused: { of: "application", activity_id: 99, activity_name: "Directory sync paused" },
  sync_decided: { of: "application", activity_id: 99, activity_name: "Directory sync decided" },
  sync_ended: { of: "application", activity_id: 99, activity_name: "Directory sync ended" },
  employee_deactivated: { of: "accountChange", activity_id: 5, activity_name: "Disable" },
  employee_erased: { of: "accountChange", activity_id: 6, activity_name: "Delete" },
  admin_granted: { of: "userAccess", activity_id: 1, activity_name: "Assign Privileges" },
  admin_revoked: { of: "userAccess", activity_id: 2, activity_name: "Revoke Privileges" },
  configuration_refused: { of: "application", activity_id: 3, activity_name: "Start" },
};

const failures: string[] = ["refused", "configuration_refused"] satisfies AuditKind[];

/** An audit event as one line of JSON in the shape of OCSF. It has no personal data beyond that of the event. */
export function toOcsf({ chain, event }: ChainedEvent): string {
  const { of, ...activity } = isKnown(event.kind) ? activities[event.kind] : unknownActivity(event.kind);
  const hasFailed = failures.includes(event.kind);
  const fields = {
    ...classes[of],
    ...activity,
    type_uid: classes[of].class_uid * 100 + activity.activity_id,
    time: event.at.getTime(),
    severity_id: hasFailed ? 2 : 1,
    status_id: hasFailed ? 2 : 1,
    status_detail: event.reason,
    count: event.count,
    message: event.kind,
    metadata: {
      version,
      product: { name: "DingTalk Login", vendor_name: "DingTalk Login" },
      log_name: "audit",
      uid: String(event.id),
      sequence: chain?.position,
      correlation_uid: event.requestId,
    },
    ...describePeople(event, of),
    src_endpoint: event.ip === null ? null : { ip: event.ip },
    http_request: event.userAgent === null ? null : { user_agent: event.userAgent },
    unmapped: {
      method: event.method,
      reference: event.reference,
      dingtalk_request_id: event.dingtalkRequestId,
      previous_hash: chain?.previousHash,
      hash: chain?.hash,
    },
  };
  return JSON.stringify(fields, (_key, value) => value ?? undefined);
}

function describePeople({ userId, actorUserId, corpId }: ChainedEvent["event"], of: Activity["of"]) {
  const org = { uid: corpId };
  const person = userId === null ? null : { uid: userId, org };
  const actor = { user: { uid: actorUserId ?? userId, org } };
  if (of === "entityManagement") return { actor, entity: { type: "employee", uid: userId } };
  return { user: person, actor };
}

function isKnown(kind: string): kind is AuditKind {
  return kind in activities;
}

/** An event of another release. */
function unknownActivity(kind: string): Activity {
  return { of: "entityManagement", activity_id: 99, activity_name: kind };
}
