import { dingtalkHosts } from "./dingtalk-hosts";
import { errorCode } from "./listen";
import { startSandbox } from "./server";
import { readEnvironment } from "./settings";

if (process.env.NODE_ENV === "production") {
  console.error("The sandbox does not start with NODE_ENV=production, because it checks no password.");
  process.exit(1);
}

const options = readEnvironment(process.env);

const sandbox = await startSandbox(options).catch((error: unknown) => {
  if (errorCode(error) !== "EADDRINUSE") throw error;
  const ports = [options.port, options.webviewPort, ...Object.values(options.hostPorts)];
  console.error(`One of the ports ${ports.join(", ")} is in use: set SANDBOX_PORT or WEBVIEW_PORT.`);
  process.exit(1);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}

console.log(`sandbox ready ${sandbox.url}`);
for (const host of dingtalkHosts) {
  if (options.hostPorts[host] !== undefined) console.log(`${host} ready ${sandbox.store.addresses[host]}`);
}
console.log(`webview ready ${sandbox.webviewUrl}`);
