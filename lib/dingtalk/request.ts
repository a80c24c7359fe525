import http, { type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { type Host, type HttpRequest } from "./call";
import { type RawResponse } from "./envelope";

export type NetworkOptions = { apiUrl: string; oapiUrl: string; timeoutMs?: number };

/** Sends one request. Rejects when there is no complete response. */
export type SendHttp = (request: HttpRequest) => Promise<RawResponse>;

export const defaultTimeoutMs = 5000;
const maxBytes = 1024 * 1024;
/** Connections to one host. When DingTalk is slow, further calls wait for a free one within their time-out. */
const maxSockets = 128;
/**
 * How long a connection may rest, if the server announces no shorter time. Balancers forget a connection that rests for 60
 * to 75 s, some of them silently, and a call on it would time out.
 */
const maxRestMs = 55_000;

/** No complete response arrived within the time-out. */
export class TimeoutError extends Error {}

/** A connection that had rested ended before a byte of the response arrived. */
class RestingConnectionLost extends Error {}

/**
 * Opens the connections to DingTalk, which stay open between calls. One time-out covers connection, headers and body, a body
 * of more than 1 MB is discarded, and a redirect is not followed. `close` ends the connections.
 */
export function openNetwork({ apiUrl, oapiUrl, timeoutMs = defaultTimeoutMs }: NetworkOptions) {
  const remotes: Record<Host, Remote> = { api: openRemote(apiUrl), oapi: openRemote(oapiUrl) };
  const send: SendHttp = (request) => sendWithin(remotes[request.host], request, timeoutMs);
  function close(): void {
    for (const { base } of Object.values(remotes)) base.agent.destroy();
  }
  return { send, close };
}

type Remote = ReturnType<typeof openRemote>;

function openRemote(address: string) {
  const { protocol, hostname, port, pathname } = new URL(address);
  const client = protocol === "https:" ? https : http;
  const agent = new client.Agent({ keepAlive: true, maxSockets, timeout: maxRestMs });
  // A URL writes an IPv6 address in brackets; a socket does not.
  const base = { agent, hostname: hostname.replace(/^\[|\]$/g, ""), port };
  return { client, base, prefix: pathname.replace(/\/+$/, "") };
}

/**
 * A server may close a resting connection at the very moment at which it is used again, and then the request was lost and not
 * refused. It is sent once more on a new connection, as browsers do. That is safe for a one-time code too: should the first
 * sending have reached DingTalk after all, the second one is refused. (RFC 9110, 9.2.2)
 */
async function sendWithin(remote: Remote, request: HttpRequest, timeoutMs: number): Promise<RawResponse> {
  const startedAt = performance.now();
  try {
    return await sendOnce(remote, request, timeoutMs);
  } catch (error) {
    if (!(error instanceof RestingConnectionLost) || request.onlyOnce) throw error;
    // The other resting connections are as old.
    for (const sockets of Object.values(remote.base.agent.freeSockets)) for (const it of sockets ?? []) it.destroy();
    return await sendOnce(remote, request, timeoutMs - (performance.now() - startedAt));
  }
}

function sendOnce({ client, base, prefix }: Remote, request: HttpRequest, timeoutMs: number): Promise<RawResponse> {
  const { method, path, headers, body } = request;
  return new Promise((resolve, reject) => {
    const sent = client.request({ ...base, method, path: prefix + path, headers });
    let isLate = false;
    let bytesBefore = 0;
    const timer = setTimeout(() => {
      isLate = true;
      sent.destroy();
    }, timeoutMs);
    const fail = (error: Error) => reject(isLate ? new TimeoutError() : explain(error, sent, bytesBefore));
    sent.once("socket", (socket) => {
      bytesBefore = socket.bytesRead;
    });
    sent.once("response", (response) => readResponse(response).then(resolve, fail));
    sent.once("error", fail);
    sent.once("close", () => clearTimeout(timer));
    sent.end(body);
  });
}

function explain(error: Error, { reusedSocket, socket }: ClientRequest, bytesBefore: number): Error {
  const isReset = ["ECONNRESET", "EPIPE"].includes(codeOf(error));
  const isUnanswered = socket?.bytesRead === bytesBefore;
  return reusedSocket && isReset && isUnanswered ? new RestingConnectionLost(error.message) : error;
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}

async function readResponse(response: IncomingMessage): Promise<RawResponse> {
  const text = await readText(response);
  const isHtml = /html/i.test(response.headers["content-type"] ?? "");
  const requestId = String(response.headers["x-acs-request-id"] ?? "") || null;
  return { status: response.statusCode ?? 0, text, json: isHtml ? undefined : parseJson(text), requestId };
}

/** A body larger than `maxBytes` is discarded and counts as empty. */
function readText(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    response.on("data", (part: Buffer) => {
      bytes += part.byteLength;
      parts.push(part);
      if (bytes <= maxBytes) return;
      resolve("");
      response.destroy();
    });
    response.once("end", () => resolve(Buffer.concat(parts, bytes).toString()));
    response.once("error", reject);
  });
}

/** The parser's error is dropped: it quotes the text, which may contain a token. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
