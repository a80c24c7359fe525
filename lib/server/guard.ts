// biome-ignore lint/plugin: only types, and the names of statuses; nothing is fetched.
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import { type Duplex } from "node:stream";
import { responseHeaders } from "../response-headers";
import { isStopping, trackResponse } from "./drain";

/** Next answers some of the others with 500. Only the API knows DELETE. */
const methods = ["GET", "HEAD", "POST"];
const apiMethods = [...methods, "DELETE"];
/** A process that stops still says so. */
const answeredUntilTheEnd = ["/api/health", "/api/ready"];

/** Answers what must not reach Next, with the headers of every response (S39). Its listeners run before Next's. */
export function guardServer(server: Server): void {
  const responses = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (request, response) => {
    responses.set(request.socket, response);
    const path = pathOf(request);
    const allowed = path?.startsWith("/api/") ? apiMethods : methods;
    if (path === null) return answer(response, 400, {});
    if (!allowed.includes(request.method ?? "")) return answer(response, 405, { Allow: allowed.join(", ") });
    if (isStopping() && !answeredUntilTheEnd.includes(path)) return answer(response, 503, { "Retry-After": "1" });
    trackResponse(response);
  });
  server.on("connect", (_request, socket: Duplex) => answerRaw(socket, 405));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // A part of a response may have been sent already: then nothing can follow it.
    const hasBegun = responses.get(socket)?.headersSent === true && !responses.get(socket)?.writableFinished;
    if (error.code === "ECONNRESET" || !socket.writable || hasBegun) return socket.destroy();
    answerRaw(socket, statusOf(error));
  });
}

function answer(response: ServerResponse, status: number, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, "Cache-Control": "no-store", Connection: "close" }).end();
}

/** Answers a connection whose request could not be read, so that there is no response object. */
function answerRaw(socket: Duplex, status: number): void {
  const headers = { ...responseHeaders, "Content-Length": "0", Connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, "", ""].join("\r\n"));
}

function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return 408;
  return code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
}

/** The decoded path; null when it cannot be decoded, which Next would answer with 500. */
function pathOf({ url = "" }: IncomingMessage): string | null {
  try {
    return decodeURIComponent(url.split("?")[0] ?? "");
  } catch {
    return null;
  }
}
