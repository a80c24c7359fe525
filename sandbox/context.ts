import { type HttpBindings } from "@hono/node-server";
import { type Context, type Hono } from "hono";
import { parseObject } from "./json";

/** Node's own request and response are there when a server runs the app, and absent when a test calls app.request(). */
type SandboxEnv = { Bindings: Partial<HttpBindings> };

export type SandboxContext = Context<SandboxEnv>;
export type SandboxApp = Hono<SandboxEnv>;

/** Hono leaves env undefined, whatever its type says, when app.request() is called without one. */
export function wires(c: SandboxContext): Partial<HttpBindings> {
  return c.env ?? {};
}

/** The caller's address, in IPv4 spelling where it is one. */
export function callerAddress(c: SandboxContext): string {
  const address = wires(c).incoming?.socket.remoteAddress ?? "127.0.0.1";
  return address.replace(/^::ffff:/, "");
}

/** A JSON object or a form, whichever was sent; null when it is neither. */
export async function readBody(c: SandboxContext): Promise<Record<string, unknown> | null> {
  const text = await c.req.text();
  if (text === "") return {};

  return parseObject(text) ?? readForm(c.req.header("content-type"), text);
}

function readForm(contentType: string | undefined, text: string): Record<string, string> | null {
  if (!contentType?.startsWith("application/x-www-form-urlencoded")) return null;
  return Object.fromEntries(new URLSearchParams(text));
}
