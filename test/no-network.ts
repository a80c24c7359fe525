import { Socket } from "node:net";

const loopback = new Set(["localhost", "127.0.0.1", "::1", "[::1]", ""]);

// A method with unknown arguments stands for all overloads of `connect`.
type Connectable = { connect(this: Socket, ...args: unknown[]): Socket };

// Every client in Node (fetch, http, postgres) calls Socket.connect, so this patch blocks the network in unit tests.
const { connect }: Connectable = Socket.prototype;

Socket.prototype.connect = function connectToLoopback(this: Socket, ...args: unknown[]): Socket {
  const host = readHost(args);
  if (!loopback.has(host)) throw new Error(`Unit tests may connect only to this machine, not to ${host}.`);
  return connect.apply(this, args);
};

/** Node calls connect(options), connect(port, host) or, inside `net`, connect([options, callback]). */
function readHost(args: unknown[]): string {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === "object" && first !== null) return "host" in first ? String(first.host ?? "") : "";
  return typeof second === "string" ? second : "";
}
