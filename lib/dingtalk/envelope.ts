import { z } from "zod";
import { DingTalkError } from "./errors";
import { reasonFor } from "./reasons";

/** An HTTP response as received. `json` is undefined when the body is not JSON; `requestId` comes from the headers. */
export type RawResponse = { status: number; text: string; json: unknown; requestId: string | null };

type Envelope = { code: string | null; requestId: string | null; isBlocked: boolean; requiredScopes: string[] };

/**
 * Returns the error that a response stands for, or null when its result can be parsed. Both envelopes are accepted from both
 * hosts: v1.0 answers 4xx/5xx with `code`; oapi answers 200 with `errcode`, and wraps gateway errors in 88 with the real
 * code in `sub_code`. https://open.dingtalk.com/document/development/server-api-error-codes-1
 */
export function readError(call: string, response: RawResponse): DingTalkError | null {
  const isOk = response.status >= 200 && response.status < 300;
  const { code, isBlocked, requestId, requiredScopes } = readEnvelope(response, isOk);
  if (isOk && response.json !== undefined && code === null && !isBlocked) return null;
  const isRefused = code !== null && (isOk || (response.status >= 400 && response.status < 500));
  const otherKind = isOk ? "malformed" : "http";
  return new DingTalkError({
    call,
    kind: isRefused ? "refused" : otherKind,
    reason: isBlocked ? "throttled" : reasonFor(code, response.status),
    code,
    httpStatus: response.status,
    requestId,
    requiredScopes,
  });
}

/** Returns the request id of a response, by which DingTalk's support finds the call. */
export function readRequestId(response: RawResponse): string | null {
  const body = readFields(response.json);
  return readLabel(body, ["request_id", "requestid", "RequestId", "requestId"]) ?? response.requestId;
}

function readEnvelope(response: RawResponse, isOk: boolean): Envelope {
  const body = readFields(response.json);
  const code = readOapiCode(body) ?? (isOk ? null : readLabel(body, ["code", "Code"]));
  return {
    code,
    requestId: readRequestId(response),
    isBlocked: isBlockPage(response, body),
    requiredScopes: readRequiredScopes(code, body),
  };
}

function readOapiCode(body: Record<string, unknown>): string | null {
  const errcode = readLabel(body, ["errcode"]);
  if (errcode === null || Number(errcode) === 0) return null;
  return readLabel(body, ["sub_code"]) ?? errcode;
}

// Too many calls from one address are blocked before they reach DingTalk's gateway, and the response has no envelope.
// https://open.dingtalk.com/document/development/call-frequency-limit
function isBlockPage(response: RawResponse, body: Record<string, unknown>): boolean {
  if (response.json === undefined) return /x5sec|_____tmd_____/.test(response.text);
  return body.source === "x5" || Number(body.status) === 1111;
}

const scopePattern = /\b(?:qyapi_\w+|open_app_api_base|field[A-Z]\w+|[A-Z]\w*(?:\.\w+)+)\b/g;

function readRequiredScopes(code: string | null, body: Record<string, unknown>): string[] {
  if (reasonFor(code, 0) !== "permission_missing") return [];
  const detail = readFields(body.accessdenieddetail ?? body.AccessDeniedDetail);
  const listed = z.array(z.string().regex(/^[\w.-]{1,100}$/)).safeParse(detail.requiredScopes);
  if (listed.success && listed.data.length > 0) return listed.data;
  const texts = [body.message, body.Message, body.sub_msg, body.errmsg].filter((text) => typeof text === "string");
  return [...new Set(texts.join(" ").match(scopePattern) ?? [])];
}

const fields = z.record(z.string(), z.unknown()).catch({});

function readFields(json: unknown): Record<string, unknown> {
  return fields.parse(json);
}

// Codes and request ids are written to logs, so every other character is replaced.
function readLabel(body: Record<string, unknown>, names: string[]): string | null {
  const values = names.map((name) => body[name]);
  const value = values.find((candidate) => typeof candidate === "number" || typeof candidate === "string");
  const label = String(value ?? "").replace(/[^\w.:-]/g, "?");
  return label.slice(0, 100) || null;
}
