import { type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Next } from "hono";
import { now } from "./clock";
import { type SandboxContext, wires } from "./context";
import { distortAnswer } from "./faults/distort";
import { takeFault } from "./faults/plan";
import { replaceAnswer } from "./faults/replace";
import { type Fault, isDistortion } from "./faults/schema";
import { findCorpToken, findUserToken } from "./identity/tokens";
import { parseObject, toJson } from "./json";
import { type Store } from "./store";

/** What every call to one of DingTalk's hosts goes through: it is written down, takes its time and may fail as planned. */
export function createGate(store: Store) {
  return async function gate(c: SandboxContext, next: Next): Promise<Response | undefined> {
    if (isOurs(c.req.path)) return void (await next());
    record(store, c);
    if (store.settings.latencyMs > 0 && !isLoginHost(c.req.path)) await wait(store.settings.latencyMs);
    const replaced = await letThrough(c, next, takeFault(store, c.req.path));
    if (!replaced) await restyle(store, c);
    return replaced;
  };
}

async function letThrough(c: SandboxContext, next: Next, fault: Fault | null): Promise<Response | undefined> {
  if (fault && !isDistortion(fault)) return replaceAnswer(c, fault);
  if (fault?.kind === "delayMs") await wait(fault.delayMs);
  await next();
  if (fault) c.res = await distortAnswer(c, fault);
  return undefined;
}

/** The sandbox's own pages and controls; everything else stands for DingTalk. */
function isOurs(path: string): boolean {
  return path === "/" || path.startsWith("/_sandbox/") || path === "/favicon.ico";
}

function isLoginHost(path: string): boolean {
  return path.startsWith("/oauth2/");
}

function record(store: Store, c: SandboxContext): void {
  store.calls.push({
    method: c.req.method,
    path: c.req.path,
    at: now(store),
    connectionId: connectionId(wires(c).incoming?.socket),
    tokenKind: tokenKind(store, c),
  });
}

function tokenKind(store: Store, c: SandboxContext): "corp" | "user" | "none" {
  const value = c.req.header("x-acs-dingtalk-access-token") ?? c.req.query("access_token") ?? "";
  if (findCorpToken(store, value)) return "corp";
  return findUserToken(store, value) ? "user" : "none";
}

const connections = new WeakMap<Socket, number>();
let connectionsSeen = 0;

function connectionId(socket: Socket | undefined): number {
  if (!socket) return 0;
  const known = connections.get(socket);
  if (known !== undefined) return known;
  connectionsSeen += 1;
  connections.set(socket, connectionsSeen);
  return connectionsSeen;
}

/** The documents show errcode as a string, reality is a number; this setting plays the documents. */
async function restyle(store: Store, c: SandboxContext): Promise<void> {
  if (!store.settings.errcodeAsString) return;
  const body = parseObject(await c.res.clone().text());
  if (body?.errcode === undefined) return;
  c.res = new Response(toJson({ ...body, errcode: String(body.errcode) }), c.res);
}
