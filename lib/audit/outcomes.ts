import { type AuditKind } from "./events";

/** `attention`: an admin should look. `system`: the app did it by itself. */
export const outcomes = ["succeeded", "refused", "attention", "system"] as const;
export type Outcome = (typeof outcomes)[number];

const usual: Record<AuditKind, Outcome> = {
  signed_in: "succeeded",
  refused: "refused",
  ticket_decided: "succeeded",
  signed_out: "succeeded",
  session_ended: "succeeded",
  sessions_ended: "succeeded",
  company_sessions_ended: "succeeded",
  employee_viewed: "succeeded",
  mobile_viewed: "succeeded",
  directory_searched: "succeeded",
  directory_exported: "succeeded",
  sessions_searched: "succeeded",
  audit_searched: "succeeded",
  audit_exported: "succeeded",
  sync_started: "succeeded",
  sync_paused: "attention",
  sync_decided: "succeeded",
  sync_ended: "system",
  employee_deactivated: "system",
  employee_erased: "system",
  admin_granted: "system",
  admin_revoked: "system",
  configuration_refused: "refused",
};

/** A kind with the first word of its reason, where that decides. */
const unusual: Record<string, Outcome> = {
  "refused too_many_requests": "attention",
  "ticket_decided declined": "refused",
  "ticket_decided wrong_number": "attention",
  "ticket_decided too_late": "refused",
  "session_ended rejected": "attention",
  "session_ended over_limit": "system",
  "sync_ended failed": "attention",
};

/** What became of an event; of a kind from another release nothing is known. */
export function outcomeOf({ kind, reason }: { kind: string; reason: string | null }): Outcome {
  return unusual[`${kind} ${firstWord(reason)}`] ?? (isKnown(kind) ? usual[kind] : "system");
}

/** The first word of a reason is its code; the rest are numbers or masked words. */
function firstWord(reason: string | null): string {
  return reason?.split(" ")[0] ?? "";
}

/**
 * The same as sets, for statements: the kinds that may have this outcome, and of their events, by kind and first word of the reason, those that
 * have another one.
 */
export function kindsWith(outcome: Outcome): { kinds: string[]; except: string[]; only: string[] } {
  const kinds = Object.entries(usual).flatMap(([kind, its]) => (its === outcome ? [kind] : []));
  const except = Object.entries(unusual).flatMap(([key, its]) => (its === outcome ? [] : [key]));
  const only = Object.entries(unusual).flatMap(([key, its]) => (its === outcome ? [key] : []));
  return { kinds, except, only };
}

function isKnown(kind: string): kind is AuditKind {
  return Object.hasOwn(usual, kind);
}
