import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A server in front of the sandbox. `connections` counts those that were opened to it. */
export type CountingProxy = { url: string; connections: () => number; close: () => Promise<void> };

/** Keeps connections as DingTalk's load balancer does, for longer than any rest that is measured. */
const keepAliveTimeout = 90_000;

/** Passes each request on to `target`. The first answer of a new connection comes `connectMs` later, as after a TLS handshake. */
export async function startCountingProxy(target: string, { connectMs }: { connectMs: number }): Promise<CountingProxy> {
  const agent = new Agent({ keepAlive: true });
  const used = new WeakSet<Socket>();
  let connections = 0;
  async function handle(incoming: IncomingMessage, response: ServerResponse) {
    if (!used.has(incoming.socket)) await wait(connectMs);
    used.add(incoming.socket);
    forward(incoming, response, { target, agent });
  }
  const server = createServer({ keepAliveTimeout }, (incoming, response) => void handle(incoming, response));
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${portOf(server.address())}`;
  return { url, connections: () => connections, close: () => close() };

  function close(): Promise<void> {
    server.closeAllConnections();
    agent.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  }
}

function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  { target, agent }: { target: string; agent: Agent },
) {
  const options = { agent, method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } };
  const outgoing = request(target + incoming.url, options, (answer) => {
    // A given `connection` keeps Node from adding how long it keeps the connection, which DingTalk does not say either.
    const { "keep-alive": _, ...headers } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, { ...headers, connection: "keep-alive" });
    answer.pipe(response);
  });
  outgoing.once("error", () => response.destroy());
  incoming.pipe(outgoing);
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("The proxy listens on no port.");
  return address.port;
}
