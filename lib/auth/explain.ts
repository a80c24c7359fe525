import { DingTalkError, type DingTalkErrorKind } from "../dingtalk/errors";
import { type RefusedReason } from "../dingtalk/reasons";
import { type Refusal } from "../refusals";

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
  bad_request: "dingtalk_failed",
  busy: "dingtalk_failed",
  other: "dingtalk_failed",
};

const byKind: Record<DingTalkErrorKind, Refusal> = {
  unreachable: "dingtalk_unreachable",
  timeout: "dingtalk_timeout",
  http: "dingtalk_failed",
  refused: "dingtalk_failed",
  malformed: "dingtalk_failed",
};

/** Which refusal a failure of DingTalk means for the person at the door. Anything else is a fault of ours. */
export function explain(error: unknown): Refusal {
  if (!(error instanceof DingTalkError)) return "unexpected";
  return error.reason ? byReason[error.reason] : byKind[error.kind];
}
