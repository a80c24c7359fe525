/** Why a sign-in was refused. Each refusal has its own text, and the sign-in page's address names it as `?error=`. */
export const refusals = [
  "denied",
  "state_mismatch",
  "code_used",
  "outsider",
  "external_contact",
  "leaver",
  "out_of_scope",
  "other_person",
  "ticket_expired",
  "permission_missing",
  "ip_not_allowed",
  "wrong_credentials",
  "app_disabled",
  "throttled",
  "too_many_requests",
  "busy",
  "dingtalk_unreachable",
  "dingtalk_timeout",
  "dingtalk_failed",
  "bad_request",
  "unexpected",
] as const;

export type Refusal = (typeof refusals)[number];

/** Reads a refusal from an address; any other value is `unexpected`. */
export function parseRefusal(value: string): Refusal {
  return refusals.find((refusal) => refusal === value) ?? "unexpected";
}
