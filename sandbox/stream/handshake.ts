import { type IncomingMessage } from "node:http";
import { type Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { isExpired, now } from "../clock";
import { consumeFault, type Fault } from "../faults/plan";
import { type Store } from "../store";
import { type StreamClient, StreamConnection } from "./connection";
import { disconnectFrame, pingFrame } from "./frames";
import { streamPath } from "./gateway";

const maxFrameBytes = 1_048_576;

/** Accepts the WebSocket connections of clients that have a ticket. */
export function acceptStreams(store: Store) {
  const server = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: maxFrameBytes });
  return (incoming: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => socket.destroy());
    const client = admit(store, socket, incoming.url ?? "");
    if (client) server.handleUpgrade(incoming, socket, head, (accepted) => welcome(store, accepted, client));
  };
}

/** The client whose ticket the address names. Null means that the connection was refused. */
function admit(store: Store, socket: Duplex, address: string): StreamClient | null {
  const url = new URL(address, "ws://localhost");
  if (url.pathname !== streamPath) return refuse(socket, 404);
  store.calls.push({ method: "GET", path: streamPath, at: now(store), connectionId: 0, tokenKind: "none" });
  const fault = consumeFault(store.faults, streamPath);
  if (fault) return applyFault(socket, fault);
  return consumeTicket(store, url.searchParams.get("ticket") ?? "") ?? refuse(socket, 401);
}

/** What was said with the ticket; null when it is unknown, used or expired. */
function consumeTicket(store: Store, value: string): StreamClient | null {
  const ticket = store.stream.tickets.get(value);
  store.stream.tickets.delete(value);
  return ticket && !isExpired(store, ticket) ? ticket.client : null;
}

function welcome(store: Store, socket: WebSocket, client: StreamClient): void {
  const connection = new StreamConnection(socket, client, now(store));
  const { connections } = store.stream;
  connections.add(connection);
  store.stream.isUsed = true;
  const timers = startTimers(store, connection);
  connection.onClose(() => {
    connections.delete(connection);
    for (const timer of timers) clearInterval(timer);
  });
}

function startTimers(store: Store, connection: StreamConnection): NodeJS.Timeout[] {
  const { pingMs, timeoutMs, lifeSeconds } = store.settings.stream;
  const ping = () => void connection.ping(pingFrame(now(store)), timeoutMs);
  const expire = () => askToDisconnect(store, connection, "connection is expired");
  return [
    ...(pingMs === null ? [] : [setInterval(ping, pingMs)]),
    ...(lifeSeconds === null ? [] : [setTimeout(expire, lifeSeconds * 1000)]),
  ].map((timer) => timer.unref());
}

/** The client is told, and closed if it has not left in time. */
export function askToDisconnect(store: Store, connection: StreamConnection, reason: string): void {
  connection.requestDisconnect(disconnectFrame(reason, now(store)));
  setTimeout(() => connection.close(), store.settings.stream.closeDelayMs).unref();
}

/** The faults that have a meaning before there is a WebSocket: a status, a reset and silence. */
function applyFault(socket: Duplex, fault: Fault): null {
  if (fault.kind === "hang") return null;
  if (fault.kind !== "reset") return refuse(socket, fault.kind === "status" ? fault.status : 502);
  socket.destroy();
  return null;
}

function refuse(socket: Duplex, status: number): null {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  return null;
}
