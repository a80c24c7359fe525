import { createServer, type IncomingMessage, type Server } from "node:http";
import { type Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { z } from "zod";

/** What a port serves. The second argument is Node's request and response. */
export type Served = { fetch: (request: Request, env: object) => Response | Promise<Response> };
export type Listener = { port: number; close: () => Promise<void> };
type UpgradeListener = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** How long a connection may rest. Node's own 5 s would close it between two sign-ins, where gateways wait for a minute. */
const keepAliveMs = 75_000;

/**
 * Serves the app on both loopback addresses and on no other: "localhost" resolves to one or the other, depending on the
 * machine. Without IPv6 it serves 127.0.0.1 only.
 */
export async function listen(app: Served, port: number, upgrade?: UpgradeListener): Promise<Listener> {
  const first = await bind(app, "127.0.0.1", port);
  const actualPort = portOf(first);
  const second = await bind(app, "::1", actualPort).catch(ignoreMissingIpv6);
  const servers = second ? [first, second] : [first];
  const upgradedSockets = new Set<Duplex>();
  if (upgrade) for (const server of servers) server.on("upgrade", trackSocket(upgradedSockets, upgrade));
  async function close() {
    // closeAllConnections() does not close upgraded connections, but close() waits for them.
    for (const socket of upgradedSockets) socket.destroy();
    await Promise.all(servers.map(stop));
  }
  return { port: actualPort, close };
}

function trackSocket(sockets: Set<Duplex>, upgrade: UpgradeListener): UpgradeListener {
  return (incoming, socket, head) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    upgrade(incoming, socket, head);
  };
}

function bind(app: Served, host: string, port: number): Promise<Server> {
  const server = createServer(getRequestListener((request, env) => app.fetch(request, env)));
  server.keepAliveTimeout = keepAliveMs;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => resolve(server));
  });
}

const missingIpv6Codes = ["EADDRNOTAVAIL", "EAFNOSUPPORT", "EINVAL"];

function ignoreMissingIpv6(error: unknown): null {
  if (missingIpv6Codes.includes(errorCode(error) ?? "")) return null;
  throw error;
}

/** The code of a system error such as EADDRINUSE, or null. */
export function errorCode(error: unknown): string | null {
  return z.object({ code: z.string() }).safeParse(error).data?.code ?? null;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The sandbox listens on no port.");
  return address.port;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
