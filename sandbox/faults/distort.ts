import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type SandboxContext, wires } from "../context";
import { isObject, parseObject, toJson } from "../json";
import { type Distortion } from "./schema";

/** The real answer, spoiled. The call did happen: a code sent with it is spent. */
export async function distortAnswer(c: SandboxContext, fault: Distortion): Promise<Response> {
  if (fault.kind === "delayMs") return c.res;
  const text = await c.res.text();
  if (fault.kind === "truncate") return breakOff(c, text, fault.bytes);
  const body = parseObject(text);
  const init = { status: c.res.status, headers: { "content-type": "application/json;charset=utf-8" } };
  return new Response(body ? toJson(spoil(body, fault)) : text, init);
}

type BodyDistortion = Exclude<Distortion, { kind: "delayMs" | "truncate" }>;

function spoil(body: Record<string, unknown>, fault: BodyDistortion): Record<string, unknown> {
  switch (fault.kind) {
    case "wrongType":
      return Object.fromEntries(Object.entries(body).map(spoilType));
    case "stringErrcode":
      return { ...body, errcode: String(body.errcode ?? 0) };
    case "zeroExpiry":
      return spoilExpiry(body, fault.missing);
    case "fields":
      return isObject(body.result) ? { ...body, result: edit(body.result, fault) } : edit(body, fault);
  }
}

const envelope = ["errcode", "errmsg", "request_id", "requestid"];

function spoilType([key, value]: [string, unknown]): [string, unknown] {
  if (envelope.includes(key)) return [key, value];
  return [key, typeof value === "object" ? "not an object" : { unexpected: true }];
}

function spoilExpiry(body: Record<string, unknown>, isMissing: boolean): Record<string, unknown> {
  const { expireIn, expires_in, ...rest } = body;
  if (isMissing) return rest;
  return {
    ...rest,
    ...(expireIn === undefined ? {} : { expireIn: 0 }),
    ...(expires_in === undefined ? {} : { expires_in: 0 }),
  };
}

function edit(
  fields: Record<string, unknown>,
  fault: Extract<Distortion, { kind: "fields" }>,
): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([key]) => !fault.drop.includes(key));
  return { ...Object.fromEntries(kept), ...fault.set };
}

/** Promises the whole body, sends a part of it and drops the line. */
function breakOff(c: SandboxContext, text: string, bytes: number | undefined): Response {
  const body = Buffer.from(text);
  const { outgoing } = wires(c);
  outgoing?.writeHead(200, { "content-type": "application/json;charset=utf-8", "content-length": body.length });
  outgoing?.write(body.subarray(0, bytes ?? Math.floor(body.length / 2)), () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}
