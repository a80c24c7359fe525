import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { isObject, nodeBindings, parseObject, type SandboxContext, toJson } from "../http";
import { type Distortion } from "./plan";

/** Changes the real response. The call did happen: a code sent with it is used. */
export async function distortResponse(c: SandboxContext, fault: Distortion): Promise<Response> {
  if (fault.kind === "delayMs") return c.res;
  const text = await c.res.text();
  if (fault.kind === "truncate") return truncate(c, text, fault.bytes);
  const body = parseObject(text);
  const init = { status: c.res.status, headers: { "content-type": "application/json;charset=utf-8" } };
  return new Response(body ? toJson(distortBody(body, fault)) : text, init);
}

type BodyDistortion = Exclude<Distortion, { kind: "delayMs" | "truncate" }>;

function distortBody(body: Record<string, unknown>, fault: BodyDistortion): Record<string, unknown> {
  switch (fault.kind) {
    case "wrongType":
      return Object.fromEntries(Object.entries(body).map(distortType));
    case "stringErrcode":
      return { ...body, errcode: String(body.errcode ?? 0) };
    case "zeroExpiry":
      return distortExpiry(body, fault.missing);
    case "fields":
      return isObject(body.result) ? { ...body, result: editFields(body.result, fault) } : editFields(body, fault);
  }
}

const envelopeKeys = ["errcode", "errmsg", "request_id", "requestid"];

function distortType([key, value]: [string, unknown]): [string, unknown] {
  if (envelopeKeys.includes(key)) return [key, value];
  return [key, typeof value === "object" ? "not an object" : { unexpected: true }];
}

function distortExpiry(body: Record<string, unknown>, isMissing: boolean): Record<string, unknown> {
  const { expireIn, expires_in, ...rest } = body;
  if (isMissing) return rest;
  return {
    ...rest,
    ...(expireIn === undefined ? {} : { expireIn: 0 }),
    ...(expires_in === undefined ? {} : { expires_in: 0 }),
  };
}

function editFields(
  fields: Record<string, unknown>,
  fault: Extract<Distortion, { kind: "fields" }>,
): Record<string, unknown> {
  const remaining = Object.entries(fields).filter(([key]) => !fault.drop.includes(key));
  return { ...Object.fromEntries(remaining), ...fault.set };
}

/** Announces the length of the whole body, sends a part of it and closes the connection. */
function truncate(c: SandboxContext, text: string, bytes: number | undefined): Response {
  const body = Buffer.from(text);
  const { outgoing } = nodeBindings(c);
  outgoing?.writeHead(200, { "content-type": "application/json;charset=utf-8", "content-length": body.length });
  outgoing?.write(body.subarray(0, bytes ?? Math.floor(body.length / 2)), () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}
