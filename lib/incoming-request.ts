import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
// biome-ignore lint/plugin: the classes are needed to recognise a request; nothing is fetched.
import { IncomingMessage, ServerResponse } from "node:http";
import { responseHeaders } from "./response-headers";
import { singleton } from "./singleton";

const current = singleton("currentRequest", () => new AsyncLocalStorage<{ requestId: string }>());

/** The id of the request that is being answered; null outside one. Log lines and audit rows carry it. (S37) */
export function currentRequestId(): string | null {
  return current().getStore()?.requestId ?? null;
}

/** Taken at the start, where there is no request. */
const outside = singleton("outsideRequests", () => AsyncLocalStorage.snapshot());

/**
 * Runs work that sets a timer or subscribes to something for longer than the request lasts. Both keep the context in which they
 * are made, and with it all that Next holds of a request: some 60 KB. Of that only the request's id is kept here.
 */
export function beyondRequest<T>(work: () => T): T {
  const kept = current().getStore();
  return outside()(() => (kept ? current().run(kept, work) : work()));
}

/** Prepares every request, and the headers of its response, before it is handled, and then calls `prepare`. `boot` calls this once. */
export function prepareIncomingRequests(prepare?: (request: IncomingMessage, response: ServerResponse) => void): void {
  outside();
  subscribe("http.server.request.start", (message) => {
    if (typeof message !== "object" || message === null || !("request" in message) || !("response" in message)) return;
    const { request, response } = message;
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return;
    current().enterWith({ requestId: randomUUID() });
    appendPeer(request);
    for (const [name, value] of Object.entries(responseHeaders)) response.setHeader(name, value);
    prepare?.(request, response);
  });
}

/**
 * Appends the connecting peer's address to X-Forwarded-For. Next gives pages no socket and passes on the client's own
 * header, so without this a client could forge its address.
 */
function appendPeer({ headers, socket }: IncomingMessage): void {
  const hops = [headers["x-forwarded-for"], socket.remoteAddress].flat().filter(Boolean);
  headers["x-forwarded-for"] = hops.join(", ");
}
