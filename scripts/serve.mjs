import { writeSync } from "node:fs";
import { createServer } from "node:http";

// From the first byte of a request: a client that sends more slowly holds a connection for no longer than this. (S42)
const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2000 };

encodeEarlyOutput();
process.env.NODE_ENV = "production";
const { HOST = "127.0.0.1", PORT = "3000" } = process.env;

try {
  const { default: next } = await import("next");
  const server = createServer(timeouts);
  // Next accepts upgrades at the server that it is given. This app has none, so it is given one that does not listen.
  const app = next({ dev: false, hostname: HOST, port: Number(PORT), httpServer: createServer() });
  // lib/boot.ts, which Next runs while it prepares, finds the server here.
  globalThis.productionServer = { server, finishBackgroundWork: () => app.close() };
  await app.prepare();
  const handle = app.getRequestHandler();
  server.on("request", (request, response) => {
    if (!response.writableEnded) handle(request, response).catch(console.error);
  });
  server.on("error", fail);
  server.listen(Number(PORT), HOST);
} catch (error) {
  fail(error);
}

/** Until lib/boot.ts has opened the log, each text that is printed becomes a line of JSON too. (S43) */
function encodeEarlyOutput() {
  const write = (text) => {
    const line = { level: 30, time: new Date().toISOString(), msg: String(text).trim() };
    writeSync(1, `${JSON.stringify(line)}\n`);
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
}

function fail(error) {
  console.error(error);
  process.exit(1);
}
