import { type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Next } from "hono";
import { now } from "./clock";
import { distortResponse } from "./faults/distort";
import { consumeFault, type Fault, isDistortion } from "./faults/plan";
import { replaceResponse } from "./faults/replace";
import { isSandboxPath, nodeBindings, parseObject, type SandboxContext, toJson } from "./http";
import { findCorpToken, findUserToken } from "./identity/credentials";
import { type RecordedCall } from "./records";
import { type Store } from "./store";

/** Middleware for DingTalk's hosts: it records each call, delays it by latencyMs and applies the planned fault. */
export function createCallMiddleware(store: Store) {
  return async function handleCall(c: SandboxContext, next: Next): Promise<Response | undefined> {
    if (isSandboxPath(c.req.path)) return void (await next());
    recordCall(store, c);
    if (store.settings.latencyMs > 0 && !isLoginPath(c.req.path)) await wait(store.settings.latencyMs);
    const replacement = await applyFault(c, next, consumeFault(store.faults, c.req.path));
    if (!replacement) await stringifyErrcode(store, c);
    return replacement;
  };
}

/** Runs the call, unless the fault replaces it: then the result is the response to send instead. */
async function applyFault(c: SandboxContext, next: Next, fault: Fault | null): Promise<Response | undefined> {
  if (fault && !isDistortion(fault)) return replaceResponse(c, fault);
  if (fault?.kind === "delayMs") await wait(fault.delayMs);
  await next();
  if (fault) c.res = await distortResponse(c, fault);
  return undefined;
}

/** The pages that a browser opens. */
function isLoginPath(path: string): boolean {
  return ["/oauth2/", "/connect/", "/login/"].some((start) => path.startsWith(start));
}

function recordCall(store: Store, c: SandboxContext): void {
  store.calls.push({
    method: c.req.method,
    path: c.req.path,
    at: now(store),
    connectionId: connectionId(nodeBindings(c).incoming?.socket),
    tokenKind: tokenKind(store, c),
  });
}

function tokenKind(store: Store, c: SandboxContext): RecordedCall["tokenKind"] {
  const value = c.req.header("x-acs-dingtalk-access-token") ?? c.req.query("access_token") ?? "";
  if (findCorpToken(store, value)) return "corp";
  return findUserToken(store, value) ? "user" : "none";
}

const connectionIds = new WeakMap<Socket, number>();
let connectionCount = 0;

function connectionId(socket: Socket | undefined): number {
  if (!socket) return 0;
  const known = connectionIds.get(socket);
  if (known !== undefined) return known;
  connectionCount += 1;
  connectionIds.set(socket, connectionCount);
  return connectionCount;
}

/** DingTalk's documents show errcode as a string, the live service sends a number. The setting plays the documents. */
async function stringifyErrcode(store: Store, c: SandboxContext): Promise<void> {
  if (!store.settings.errcodeAsString) return;
  const body = parseObject(await c.res.clone().text());
  if (body?.errcode === undefined) return;
  c.res = new Response(toJson({ ...body, errcode: String(body.errcode) }), c.res);
}
