import { subscribe } from "node:diagnostics_channel";
// biome-ignore lint/plugin: the class is needed to recognise a request; nothing is fetched.
import { IncomingMessage } from "node:http";

/**
 * Appends the connecting peer's address to X-Forwarded-For before the request is handled. Next gives pages no socket and
 * passes on the client's own header, so without this a client could forge its address.
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
