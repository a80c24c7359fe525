import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type BridgeConfig, bridgeScript } from "../bridge";
import { type SandboxContext, wires } from "../context";
import { type Store } from "../store";
import { bridgeModeOf, userAgents } from "../user-agents";
import { type Holder, withoutHolder } from "./holder";
import { nonceOf, rewriteStream, type Swap, swapAll } from "./rewrite";

/** Hands the request to the app and its answer back, each speaking of the other's address. */
export function passThrough(store: Store, c: SandboxContext, holder: Holder): Promise<Response> | Response {
  const { incoming, outgoing } = wires(c);
  if (!incoming || !outgoing) return c.text("The webview needs a port.", 500);
  const appUrl = new URL(store.options.appUrl);
  const toApp = { from: store.addresses.webview, to: appUrl.origin };
  const toWebview = { from: appUrl.origin, to: store.addresses.webview };
  const upstream = request({
    host: appUrl.hostname,
    port: appUrl.port || 80,
    method: incoming.method,
    path: incoming.url,
    headers: { ...swapHeaders(incoming.headers, toApp), ...ownHeaders(appUrl, holder), ...cookieHeader(incoming) },
  });
  incoming.pipe(upstream);
  outgoing.once("close", () => upstream.destroy());
  return new Promise((resolve) => {
    upstream.once("response", (answer) => {
      send(answer, outgoing, { swap: toWebview, script: () => clientScript(store, holder) });
      resolve(RESPONSE_ALREADY_SENT);
    });
    upstream.once("error", () => resolve(c.text("The app does not answer. Is it running?", 502)));
  });
}

type Changes = { swap: Swap; script: () => string };

function send(answer: IncomingMessage, outgoing: ServerResponse, { swap, script }: Changes): void {
  const headers = swapHeaders(answer.headers, swap);
  const type = String(answer.headers["content-type"]);
  if (!isRewritten(type)) {
    outgoing.writeHead(answer.statusCode ?? 502, headers);
    answer.pipe(outgoing);
    return;
  }
  const { "content-length": _stale, ...rest } = headers;
  outgoing.writeHead(answer.statusCode ?? 502, rest);
  const head = type.startsWith("text/html") ? scriptElement(script(), answer.headers) : null;
  answer.pipe(rewriteStream(swap, head)).pipe(outgoing);
}

/** Flight data and event streams count their own bytes and are left alone. */
function isRewritten(type: string): boolean {
  return ["text/html", "application/json", "text/plain"].some((known) => type.startsWith(known));
}

function scriptElement(script: string, headers: IncomingHttpHeaders): string {
  const nonce = nonceOf([headers["content-security-policy"]].flat().join(";"));
  return `<script${nonce ? ` nonce="${nonce}"` : ""}>${script}</script>`;
}

/** Identity, because a compressed body cannot be rewritten as it passes. */
function ownHeaders(appUrl: URL, holder: Holder): Record<string, string> {
  return { host: appUrl.host, "user-agent": userAgents[holder.client], "accept-encoding": "identity" };
}

function cookieHeader(incoming: IncomingMessage): Record<string, string> {
  return { cookie: withoutHolder(incoming.headers.cookie ?? "") };
}

function swapHeaders(headers: IncomingHttpHeaders, swap: Swap): IncomingHttpHeaders {
  const changed = ["origin", "referer", "location", "content-security-policy", "x-action-redirect"];
  const swapped = changed.flatMap((name) => {
    const value = headers[name];
    return typeof value === "string" ? [[name, swapAll(value, swap)]] : [];
  });
  return { ...headers, ...Object.fromEntries(swapped) };
}

function clientScript(store: Store, holder: Holder): string {
  const { bridge, failure, supportV2, answerDelayMs } = store.settings.webview;
  const config: BridgeConfig = {
    mode: bridgeModeOf(holder.client),
    userAgent: userAgents[holder.client],
    mintAt: "/_webview/code",
    fail: failure,
    supportV2,
    answerDelayMs,
    readyDelayMs: bridge === "late" ? 500 : 0,
    neverReady: bridge === "never",
    silent: bridge === "silent",
  };
  return bridgeScript(config);
}
