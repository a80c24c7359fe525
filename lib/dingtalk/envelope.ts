import { z } from "zod";
import { DingTalkError } from "./errors";
import { reasonFor } from "./reasons";

export type Reply = { status: number; text: string; json: unknown; requestId: string | null };

type Envelope = { code: string | null; requestId: string | null; isBlock: boolean; requiredScopes: string[] };

/**
 * The fault a reply stands for, or null for an answer worth parsing. Both envelopes are understood on both hosts: v1.0
 * answers 4xx/5xx with `code`, oapi answers 200 with `errcode`, wrapping gateway failures in 88 with the real code in
 * `sub_code`. https://open.dingtalk.com/document/development/server-api-error-codes-1
 */
export function faultOf(call: string, reply: Reply): DingTalkError | null {
  const isOk = reply.status >= 200 && reply.status < 300;
  const { code, isBlock, requestId, requiredScopes } = readEnvelope(reply, isOk);
  if (isOk && reply.json !== undefined && code === null && !isBlock) return null;
  const isRefusal = code !== null && (isOk || (reply.status >= 400 && reply.status < 500));
  const kindOtherwise = isOk ? "malformed" : "http";
  return new DingTalkError({
    call,
    kind: isRefusal ? "refused" : kindOtherwise,
    reason: isBlock ? "throttled" : reasonFor(code, reply.status),
    code,
    httpStatus: reply.status,
    requestId,
    requiredScopes,
  });
}

/** The request id of a reply, by which DingTalk's support finds the call. */
export function requestIdOf(reply: Reply): string | null {
  const body = fieldsOf(reply.json);
  return pick(body, ["request_id", "requestid", "RequestId", "requestId"]) ?? reply.requestId;
}

function readEnvelope(reply: Reply, isOk: boolean): Envelope {
  const body = fieldsOf(reply.json);
  const code = oapiCode(body) ?? (isOk ? null : pick(body, ["code", "Code"]));
  return { code, requestId: requestIdOf(reply), isBlock: isBlock(reply, body), requiredScopes: scopesOf(code, body) };
}

function oapiCode(body: Record<string, unknown>): string | null {
  const errcode = pick(body, ["errcode"]);
  if (errcode === null || Number(errcode) === 0) return null;
  return pick(body, ["sub_code"]) ?? errcode;
}

// Too many calls from one address are stopped before DingTalk's gateway, which answers with no envelope at all.
// https://open.dingtalk.com/document/development/call-frequency-limit
function isBlock(reply: Reply, body: Record<string, unknown>): boolean {
  if (reply.json === undefined) return /x5sec|_____tmd_____/.test(reply.text);
  return body.source === "x5" || Number(body.status) === 1111;
}

const scopePattern = /\b(?:qyapi_\w+|open_app_api_base|field[A-Z]\w+|[A-Z]\w*(?:\.\w+)+)\b/g;

function scopesOf(code: string | null, body: Record<string, unknown>): string[] {
  if (reasonFor(code, 0) !== "permission_missing") return [];
  const detail = fieldsOf(body.accessdenieddetail ?? body.AccessDeniedDetail);
  const named = z.array(z.string().regex(/^[\w.-]{1,100}$/)).safeParse(detail.requiredScopes);
  if (named.success && named.data.length > 0) return named.data;
  const texts = [body.message, body.Message, body.sub_msg, body.errmsg].filter((text) => typeof text === "string");
  return [...new Set(texts.join(" ").match(scopePattern) ?? [])];
}

const fields = z.record(z.string(), z.unknown()).catch({});

function fieldsOf(json: unknown): Record<string, unknown> {
  return fields.parse(json);
}

// What DingTalk calls a code or an id is quoted in logs, so it is kept to the characters such labels have.
function pick(body: Record<string, unknown>, names: string[]): string | null {
  const value = names.map((name) => body[name]).find((found) => typeof found === "number" || typeof found === "string");
  const label = String(value ?? "").replace(/[^\w.:-]/g, "?");
  return label.slice(0, 100) || null;
}
