import { type RefusedReason } from "./reasons";

/**
 * `circuit_open`: the call was not sent, because the host has just failed several times in a row. `queue_full`: it was not sent,
 * because too many calls wait for DingTalk's limit.
 */
export type DingTalkErrorKind =
  | "unreachable"
  | "timeout"
  | "circuit_open"
  | "queue_full"
  | "http"
  | "refused"
  | "malformed";

type DingTalkErrorDetails = {
  call: string;
  kind: DingTalkErrorKind;
  reason?: RefusedReason | null;
  code?: string | null;
  httpStatus?: number | null;
  requestId?: string | null;
  requiredScopes?: string[];
  cause?: unknown;
};

const mark = Symbol.for("dingtalk-login.DingTalkError");

/**
 * The only error that this library throws. `kind` names what failed, `reason` classifies DingTalk's code, and `code` and
 * `requestId` are DingTalk's own values. Neither the message nor any field contains an auth code, token, secret or URL.
 */
export class DingTalkError extends Error {
  /** A server's bundler may copy this class into several bundles of one process. `instanceof` accepts every copy. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && mark in value;
  }

  readonly [mark] = true;
  override readonly name = "DingTalkError";
  readonly call: string;
  readonly kind: DingTalkErrorKind;
  readonly reason: RefusedReason | null;
  readonly code: string | null;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly requiredScopes: string[];

  constructor(details: DingTalkErrorDetails) {
    super(describe(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.call = details.call;
    this.kind = details.kind;
    this.reason = details.reason ?? null;
    this.code = details.code ?? null;
    this.httpStatus = details.httpStatus ?? null;
    this.requestId = details.requestId ?? null;
    this.requiredScopes = details.requiredScopes ?? [];
  }
}

function describe({ call, kind, reason, code, httpStatus, requestId, requiredScopes }: DingTalkErrorDetails): string {
  const facts = [
    code && `code ${code}`,
    reason && `reason ${reason}`,
    httpStatus && `HTTP ${httpStatus}`,
    requiredScopes?.length && `needs ${requiredScopes.join(", ")}`,
    requestId && `request ${requestId}`,
  ].filter(Boolean);
  return [`DingTalk ${call}: ${kind}`, ...facts].join(", ");
}
