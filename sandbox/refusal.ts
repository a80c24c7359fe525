import { randomBytes, randomUUID } from "node:crypto";
import { jsonResponse } from "./http";

/** An error response in the envelope of the host that sends it. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(`The sandbox responds with ${status}.`);
    this.status = status;
    this.body = body;
  }

  toResponse(): Response {
    return jsonResponse(this.body, { status: this.status });
  }
}

/** v1.0: HTTP 4xx or 5xx with lower-case keys, in the order of the live service. */
export function apiRefusal(status: number, error: { code: string; message: string; scopes?: string[] }): Refusal {
  const detail = error.scopes ? { accessdenieddetail: { requiredScopes: error.scopes } } : {};
  return new Refusal(status, { code: error.code, requestid: apiRequestId(), message: error.message, ...detail });
}

/** oapi, a refusal by the method itself: HTTP 200 with a plain errcode. */
export function oapiRefusal(errcode: number, errmsg: string): Refusal {
  return new Refusal(200, { errcode, errmsg, request_id: oapiRequestId() });
}

/** oapi, a refusal by the gateway: errcode 88 around the real code, which is a string. */
export function wrappedRefusal(subCode: string, subMessage: string): Refusal {
  return new Refusal(200, {
    errcode: 88,
    sub_code: subCode,
    sub_msg: subMessage,
    errmsg: `ding talk error[subcode=${subCode},submsg=${subMessage}]`,
    request_id: oapiRequestId(),
  });
}

export function oapiRequestId(): string {
  return BigInt(`0x${randomBytes(8).toString("hex")}`).toString(36);
}

export function apiRequestId(): string {
  return randomUUID().toUpperCase();
}
