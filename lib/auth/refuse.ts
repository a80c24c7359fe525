import { recordEvent } from "../audit/events";
import { db } from "../db/client";
import { DingTalkError, type DingTalkErrorKind } from "../dingtalk/errors";
import { type RefusedReason } from "../dingtalk/reasons";
import { type ClientInfo } from "../http/client-info";
import { log } from "../log";
import { type Refusal } from "../refusals";
import { createReference } from "../secrets";
import { ownCorpId } from "../services";
import { type SignInMethod } from "../sign-in-method";

export type Refused = { refusal: Refusal; reference: string };

/** `method` is null where not even the method is known, as for a callback whose state this browser never had. */
type Occasion = { refusal: Refusal; method: SignInMethod | null; client: ClientInfo; userId?: string; cause?: unknown };

/** Refuses a sign-in: the cause goes to the log and the audit trail under the reference that the page shows. (S37, S38) */
export async function refuse({ refusal, method, client, userId, cause }: Occasion): Promise<Refused> {
  const reference = createReference();
  log().warn({ reference, refusal, method, ip: client.ip, err: cause }, "sign-in refused");
  const event = { kind: "refused", corpId: ownCorpId(), userId, method, reason: refusal, reference, client } as const;
  await recordEvent(db, event).catch((err) => log().error({ reference, err }, "refusal not recorded"));
  return { refusal, reference };
}

/** The address of the sign-in page that explains a refusal. */
export function refusalAddress({ refusal, reference }: Refused, returnTo?: string): string {
  return `/login?${new URLSearchParams({ error: refusal, reference, ...(returnTo && { returnTo }) })}`;
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
  bad_request: "dingtalk_failed",
  busy: "dingtalk_failed",
  other: "dingtalk_failed",
};

const byKind: Record<DingTalkErrorKind, Refusal> = {
  unreachable: "dingtalk_unreachable",
  timeout: "dingtalk_timeout",
  circuit_open: "dingtalk_unreachable",
  http: "dingtalk_failed",
  refused: "dingtalk_failed",
  malformed: "dingtalk_failed",
};

/** The refusal that a failure of DingTalk means for the person who signs in. Any other error is a fault of ours. */
export function refusalFor(error: unknown): Refusal {
  if (!(error instanceof DingTalkError)) return "unexpected";
  return error.reason ? byReason[error.reason] : byKind[error.kind];
}
