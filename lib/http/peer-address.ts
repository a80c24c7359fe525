import { subscribe } from "node:diagnostics_channel";
// biome-ignore lint/plugin: the class is needed to recognise a request; nothing is fetched.
import { IncomingMessage } from "node:http";

/**
 * Puts the connecting peer's address at the right end of X-Forwarded-For before anyone reads the request. Next gives pages
 * no socket and keeps a header that the client made up, so without this an address could be forged by sending it.
 */
export function recordPeerAddresses(): void {
  subscribe("http.server.request.start", appendPeer);
}

function appendPeer(message: unknown): void {
  if (typeof message !== "object" || message === null || !("request" in message)) return;
  const { request } = message;
  if (!(request instanceof IncomingMessage)) return;
  const hops = [request.headers["x-forwarded-for"], request.socket.remoteAddress].flat().filter(Boolean);
  request.headers["x-forwarded-for"] = hops.join(", ");
}
