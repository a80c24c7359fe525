import { type HttpBindings } from "@hono/node-server";
import { type Context, type Hono } from "hono";

/**
 * Node's request and response are present when a server runs the app, absent when a test calls app.request(). dingtalkHost is
 * present on the port of one host.
 */
export type SandboxBindings = Partial<HttpBindings> & { dingtalkHost?: "api" | "oapi" | "login" };

type SandboxEnv = { Bindings: SandboxBindings };

export type SandboxContext = Context<SandboxEnv>;
export type SandboxApp = Hono<SandboxEnv>;

/** Hono leaves env undefined, against its type, when app.request() is called without one. */
export function nodeBindings(c: SandboxContext): SandboxBindings {
  return c.env ?? {};
}

/** The caller's address, IPv4 addresses in IPv4 notation. */
export function callerAddress(c: SandboxContext): string {
  const address = nodeBindings(c).incoming?.socket.remoteAddress ?? "127.0.0.1";
  return address.replace(/^::ffff:/, "");
}

/** The origin that the caller asked: pictures and QR codes lead back to it, under whatever name or port it is reached. */
export function requestOrigin(c: SandboxContext): string {
  return new URL(c.req.url).origin;
}

/** The sandbox's own pages and control API. Every other path belongs to one of DingTalk's hosts. */
export function isSandboxPath(path: string): boolean {
  return path === "/" || path.startsWith("/_sandbox/") || path === "/favicon.ico";
}

/** The body of a request as a JSON object or a form; null when it is neither. */
export async function readBody(c: SandboxContext): Promise<Record<string, unknown> | null> {
  const text = await c.req.text();
  if (text === "") return {};
  return parseObject(text) ?? readForm(c.req.header("content-type"), text);
}

function readForm(contentType: string | undefined, text: string): Record<string, string> | null {
  if (!contentType?.startsWith("application/x-www-form-urlencoded")) return null;
  return Object.fromEntries(new URLSearchParams(text));
}

/** JSON as DingTalk writes it: a bigint becomes a bare number, which JSON.stringify does not support. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, entry) => (typeof entry === "bigint" ? `\u0000${entry}` : entry));
  return text.replace(/"\\u0000(-?\d+)"/g, "$1");
}

/** A response with a JSON body and the content type of both API hosts. */
export function jsonResponse(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  const headers = { "content-type": "application/json;charset=utf-8", ...init.headers };
  return new Response(toJson(body), { status: init.status ?? 200, headers });
}

/** The JSON object in a text; null for invalid JSON and for any other JSON value. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
