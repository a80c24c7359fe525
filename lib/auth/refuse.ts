import { type RefusedRequest, recordRefusal } from "../audit/refusals";
import { DingTalkError, type DingTalkErrorKind } from "../dingtalk/errors";
import { type RefusedReason } from "../dingtalk/reasons";
import { type Refusal } from "../refusals";

export type Refused = { refusal: Refusal; reference: string };

/** Refuses a sign-in: the cause goes to the log and the audit trail under the reference that the page shows. (S37, S38) */
export async function refuse(refused: RefusedRequest): Promise<Refused> {
  return { refusal: refused.refusal, reference: await recordRefusal(refused) };
}

/** `seconds`: how long to wait before another try. */
type Explained = Refused & { seconds?: number };

/** The address of the sign-in page that explains a refusal. */
export function refusalAddress({ refusal, reference, seconds }: Explained, returnTo?: string): string {
  const wait = seconds !== undefined && { seconds: String(seconds) };
  return `/login?${new URLSearchParams({ error: refusal, reference, ...wait, ...(returnTo && { returnTo }) })}`;
}

const byReason: Record<RefusedReason, Refusal> = {
  code_used: "code_used",
  not_member: "outsider",
  permission_missing: "permission_missing",
  out_of_scope: "out_of_scope",
  ip_not_allowed: "ip_not_allowed",
  throttled: "throttled",
  wrong_credentials: "wrong_credentials",
  app_disabled: "app_disabled",
  invalid_token: "dingtalk_failed",
  no_department: "dingtalk_failed",
  bad_request: "dingtalk_failed",
  busy: "dingtalk_failed",
  other: "dingtalk_failed",
};

const byKind: Record<DingTalkErrorKind, Refusal> = {
  unreachable: "dingtalk_unreachable",
  timeout: "dingtalk_timeout",
  circuit_open: "dingtalk_unreachable",
  queue_full: "busy",
  http: "dingtalk_failed",
  refused: "dingtalk_failed",
  malformed: "dingtalk_failed",
};

/** The refusal that a failure of DingTalk means for the person who signs in. Any other error is a fault of ours. */
export function refusalFor(error: unknown): Refusal {
  if (!(error instanceof DingTalkError)) return "unexpected";
  return error.reason ? byReason[error.reason] : byKind[error.kind];
}
