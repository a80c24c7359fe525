import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { type Duplex } from "node:stream";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type BridgeConfig, bridgeScript } from "../bridge";
import { nodeBindings, type SandboxContext } from "../http";
import { type Store } from "../store";
import { bridgeModeOf, userAgents } from "../user-agents";
import { type Device, withoutDeviceCookie } from "./device";
import { isRewritten, type OriginSwap, rewriteStream, scriptElement, swapHeaders } from "./rewrite";

/** Forwards the request to the app and streams the response back. Each side receives its own origin in the other's place. */
export function proxyRequest(store: Store, c: SandboxContext, device: Device): Promise<Response> | Response {
  const { incoming, outgoing } = nodeBindings(c);
  if (!incoming || !outgoing) return c.text("The webview needs a port.", 500);
  const upstream = request(upstreamOptions(store, incoming, device));
  incoming.pipe(upstream);
  outgoing.once("close", () => upstream.destroy());
  return new Promise((resolve) => {
    upstream.once("response", (response) => {
      const swap = { from: new URL(store.options.appUrl).origin, to: store.addresses.webview };
      sendResponse(response, outgoing, { swap, script: () => deviceScript(store, device) });
      resolve(RESPONSE_ALREADY_SENT);
    });
    upstream.once("error", () => resolve(c.text("The app does not answer. Is it running?", 502)));
  });
}

/** Forwards a WebSocket connection: the pages of Next's development server do not hydrate without one. */
export function proxyUpgrade(store: Store) {
  return (incoming: IncomingMessage, near: Duplex, head: Buffer): void => {
    const { hostname, port, host, origin } = new URL(store.options.appUrl);
    const cookie = withoutDeviceCookie(incoming.headers.cookie ?? "");
    const headers = { ...incoming.headers, host, origin, cookie };
    const upstream = request({ host: hostname, port: port || 80, path: incoming.url, headers });
    upstream.once("upgrade", (response, far, farHead) => {
      near.write(`HTTP/1.1 101 Switching Protocols\r\n${headerLines(response.rawHeaders)}\r\n\r\n`);
      near.unshift(head);
      far.unshift(farHead);
      pipeOneWay(near, far);
      pipeOneWay(far, near);
    });
    upstream.once("response", () => near.destroy());
    upstream.once("error", () => near.destroy());
    near.once("error", () => upstream.destroy());
    upstream.end();
  };
}

function upstreamOptions(store: Store, incoming: IncomingMessage, device: Device) {
  const appUrl = new URL(store.options.appUrl);
  const headers = {
    ...swapHeaders(incoming.headers, { from: store.addresses.webview, to: appUrl.origin }),
    host: appUrl.host,
    "user-agent": userAgents[device.client],
    // A compressed body could not be rewritten.
    "accept-encoding": "identity",
    cookie: withoutDeviceCookie(incoming.headers.cookie ?? ""),
  };
  return {
    host: appUrl.hostname,
    port: appUrl.port || 80,
    method: incoming.method,
    path: incoming.url,
    headers,
  };
}

type Rewriting = { swap: OriginSwap; script: () => string };

function sendResponse(response: IncomingMessage, outgoing: ServerResponse, { swap, script }: Rewriting): void {
  const headers = swapHeaders(response.headers, swap);
  const type = String(response.headers["content-type"]);
  if (!isRewritten(type)) {
    outgoing.writeHead(response.statusCode ?? 502, headers);
    response.pipe(outgoing);
    return;
  }
  const { "content-length": _stale, ...rest } = headers;
  outgoing.writeHead(response.statusCode ?? 502, rest);
  const head = type.startsWith("text/html") ? scriptElement(script(), response.headers) : null;
  response.pipe(rewriteStream(swap, head)).pipe(outgoing);
}

function deviceScript(store: Store, device: Device): string {
  const { bridge, failure, supportV2, answerDelayMs } = store.settings.webview;
  const config: BridgeConfig = {
    mode: bridgeModeOf(device.client),
    userAgent: userAgents[device.client],
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

function headerLines(rawHeaders: string[]): string {
  return rawHeaders
    .flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []))
    .join("\r\n");
}

/** Either socket closes with the other. */
function pipeOneWay(from: Duplex, to: Duplex): void {
  from.on("error", () => to.destroy());
  from.once("close", () => to.destroy());
  from.pipe(to);
}
