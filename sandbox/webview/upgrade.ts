import { type IncomingMessage, request } from "node:http";
import { type Duplex } from "node:stream";
import { type Store } from "../store";
import { withoutHolder } from "./holder";

/**
 * Passes a connection through that both sides keep open: over one of them Next's development server speaks to its pages,
 * which do not come to life without it.
 */
export function passUpgrade(store: Store) {
  return (incoming: IncomingMessage, near: Duplex, head: Buffer): void => {
    const { hostname, port, host, origin } = new URL(store.options.appUrl);
    const headers = { ...incoming.headers, host, origin, cookie: withoutHolder(incoming.headers.cookie ?? "") };
    const upstream = request({ host: hostname, port: port || 80, path: incoming.url, headers });
    upstream.once("upgrade", (answer, far, farHead) => {
      near.write(`HTTP/1.1 101 Switching Protocols\r\n${linesOf(answer.rawHeaders)}\r\n\r\n`);
      near.unshift(head);
      far.unshift(farHead);
      join(near, far);
    });
    upstream.once("response", () => near.destroy());
    upstream.once("error", () => near.destroy());
    near.once("error", () => upstream.destroy());
    upstream.end();
  };
}

function linesOf(rawHeaders: string[]): string {
  return rawHeaders
    .flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []))
    .join("\r\n");
}

/** What one says the other hears, until either is gone. */
function join(near: Duplex, far: Duplex): void {
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    from.on("error", () => to.destroy());
    from.once("close", () => to.destroy());
    from.pipe(to);
  }
}
