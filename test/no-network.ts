import { Socket } from "node:net";

const loopback = new Set(["localhost", "127.0.0.1", "::1", "[::1]", ""]);

// Every client in Node (fetch, http, postgres) ends in Socket.connect, so this one door keeps unit tests off the network.
const connect = Socket.prototype.connect;

Socket.prototype.connect = function connectNearby(this: Socket, ...parts: unknown[]): Socket {
  const host = hostOf(parts);
  if (!loopback.has(host)) throw new Error(`unit tests stay on this machine, but something called ${host}`);
  return Reflect.apply(connect, this, parts);
};

/** Node calls connect(options), connect(port, host) or, from inside net, connect([options, callback]). */
function hostOf(parts: unknown[]): string {
  const [first, second] = Array.isArray(parts[0]) ? parts[0] : parts;
  if (typeof first === "object" && first !== null) return "host" in first ? String(first.host ?? "") : "";
  return typeof second === "string" ? second : "";
}
