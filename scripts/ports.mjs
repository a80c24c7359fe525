import { createServer } from "node:net";

/**
 * Returns the ports of this run by the names of their settings. The webview uses the port after the sandbox's. When a port is
 * in use, the process ends with a message that names the setting to change.
 */
export async function requirePorts() {
  const sandboxPort = readPort("SANDBOX_PORT", 3100);
  const ports = { PORT: readPort("PORT", 3000), SANDBOX_PORT: sandboxPort, WEBVIEW_PORT: sandboxPort + 1 };
  for (const [name, port] of Object.entries(ports)) {
    if (await isFree(port)) continue;
    const setting = name === "WEBVIEW_PORT" ? "SANDBOX_PORT" : name;
    fail(`Port ${port} is in use. Set ${setting} to another port. 端口 ${port} 已被占用，请用 ${setting} 另选一个。`);
  }
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
}

function readPort(name, defaultPort) {
  const port = Number(process.env[name] || defaultPort);
  if (Number.isInteger(port) && port > 0 && port < 65_535) return port;
  return fail(`${name} is not a port number: ${process.env[name]}. ${name} 不是端口号。`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

async function isFree(port) {
  const results = await Promise.all(["127.0.0.1", "::1"].map((host) => canListen(port, host)));
  return results.every(Boolean);
}

/** Only an address that is in use or forbidden counts as taken: on a machine without IPv6, listening on ::1 fails otherwise. */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
