import { createServer } from "node:net";

/** The ports of this run by the name of their setting, the webview's being the sandbox's neighbour. Ends the process, saying which setting to change, when one is taken. */
export async function requirePorts() {
  const sandboxPort = readPort("SANDBOX_PORT", 3100);
  const ports = { PORT: readPort("PORT", 3000), SANDBOX_PORT: sandboxPort, WEBVIEW_PORT: sandboxPort + 1 };
  for (const [name, port] of Object.entries(ports)) {
    if (await isFree(port)) continue;
    const setting = name === "WEBVIEW_PORT" ? "SANDBOX_PORT" : name;
    refuse(`Port ${port} is taken: set ${setting} to another one. 端口 ${port} 已被占用，请用 ${setting} 另选一个。`);
  }
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
}

function readPort(name, standard) {
  const port = Number(process.env[name] || standard);
  if (Number.isInteger(port) && port > 0 && port < 65_535) return port;
  return refuse(`${name} is not a port number: ${process.env[name]}. ${name} 不是端口号。`);
}

function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

async function isFree(port) {
  const results = await Promise.all(["127.0.0.1", "::1"].map((host) => tryListening(port, host)));
  return results.every(Boolean);
}

/** A machine without IPv6 has nobody on ::1, so only an address in use or forbidden counts as taken. */
function tryListening(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(error.code !== "EADDRINUSE" && error.code !== "EACCES"));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
