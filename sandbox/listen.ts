import { createServer, type IncomingMessage, type Server } from "node:http";
import { type Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { type SandboxApp } from "./context";

export type Listener = { port: number; close: () => Promise<void> };
type Upgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Serves the app on both loopback addresses, because "localhost" means one or the other by machine, and on nothing else.
 * A machine without IPv6 is served on 127.0.0.1 alone.
 */
export async function listen(app: SandboxApp, port: number, upgrade?: Upgrade): Promise<Listener> {
  const first = await bind(app, "127.0.0.1", port);
  const actualPort = portOf(first);
  const second = await bind(app, "::1", actualPort).catch(ignoreMissingIpv6);
  const servers = second ? [first, second] : [first];
  const upgraded = new Set<Duplex>();
  if (upgrade) for (const server of servers) server.on("upgrade", remember(upgraded, upgrade));
  async function close() {
    // A server does not count a connection that was upgraded as its own, but waits for it.
    for (const socket of upgraded) socket.destroy();
    await Promise.all(servers.map(stop));
  }
  return { port: actualPort, close };
}

function remember(upgraded: Set<Duplex>, upgrade: Upgrade): Upgrade {
  return (incoming, socket, head) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
    upgrade(incoming, socket, head);
  };
}

function bind(app: SandboxApp, host: string, port: number): Promise<Server> {
  const server = createServer(getRequestListener((request, env) => app.fetch(request, env)));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => resolve(server));
  });
}

function ignoreMissingIpv6(error: NodeJS.ErrnoException): null {
  if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT" || error.code === "EINVAL") return null;
  throw error;
}

function portOf(server: Server): number {
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
