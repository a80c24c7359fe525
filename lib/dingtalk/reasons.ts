export type RefusedReason =
  | "code_used"
  | "not_member"
  | "permission_missing"
  | "no_department"
  | "out_of_scope"
  | "ip_not_allowed"
  | "throttled"
  | "wrong_credentials"
  | "invalid_token"
  | "app_disabled"
  | "bad_request"
  | "busy"
  | "other";

// Sources: https://open.dingtalk.com/document/development/server-api-error-codes-1 and the error tables of the single APIs.
// An invalid user id (33012) counts as "not a member": ids come from DingTalk itself or from a URL that a person typed, and
// in both cases the organisation has no employee with that id.
const codesByReason: [RefusedReason, string[]][] = [
  ["code_used", ["invalidParameter.authCode.notFound", "40029", "40078", "40079", "40102", "42008"]],
  ["not_member", ["60111", "60120", "60121", "33012", "invalidParameter.user.notFound"]],
  ["permission_missing", ["60011", "48002", "43007", "Forbidden.AccessDenied.AccessTokenPermissionDenied"]],
  ["no_department", ["60003"]],
  ["out_of_scope", ["50002", "50004"]],
  ["ip_not_allowed", ["60020", "Forbidden.AccessDenied.IpNotInWhiteList"]],
  [
    "wrong_credentials",
    ["40056", "40089", "40096", "invalidClientIdOrSecret", "invalid.client", "unauthorized.client"],
  ],
  ["invalid_token", ["40001", "40014", "42001", "42002", "InvalidAuthentication", "accesstoken.expired"]],
  ["app_disabled", ["50003"]],
  ["bad_request", ["22", "404", "40000", "40035", "400002", "41001", "41026", "InvalidAction.NotFound"]],
  ["bad_request", ["AuthenticationFailed.MissingParameter", "unsupported.grant.type"]],
  ["busy", ["-1", "systemError", "systemBusy", "unknownError", "server.error"]],
];

const reasonByCode = new Map(codesByReason.flatMap(([reason, codes]) => codes.map((code) => [code, reason] as const)));

const patterns: [RefusedReason, RegExp][] = [
  ["throttled", /^900(0[1-9]|1\d|20)$/],
  ["throttled", /^Forbidden\.AccessDenied\.(Qps|Qpm|ApiCount)Limit/],
  ["permission_missing", /^Forbidden\.AccessDenied\.\w*PermissionDenied$/],
  ["bad_request", /^4300\d$|^Missing|^invalidParameter\./],
];

/**
 * Classifies a refusal. The code decides, because DingTalk also throttles with HTTP 403. The status decides only where the
 * code is ambiguous: `systemBusy` is a throttle with 429 and a server error with 500.
 */
export function reasonFor(code: string | null, httpStatus: number): RefusedReason | null {
  if (httpStatus === 429) return "throttled";
  const known = code && (reasonByCode.get(code) ?? patterns.find(([, pattern]) => pattern.test(code))?.[0]);
  if (known) return known;
  if (httpStatus >= 500) return "busy";
  return code ? "other" : null;
}
