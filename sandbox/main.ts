import { readEnvironment } from "./options";
import { startSandbox } from "./server";

if (process.env.NODE_ENV === "production") {
  console.error("The sandbox lets anyone in as anyone: it does not start with NODE_ENV=production.");
  process.exit(1);
}

const options = readEnvironment(process.env);

const sandbox = await startSandbox(options).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== "EADDRINUSE") throw error;
  console.error(`Port ${options.port} or ${options.webviewPort} is taken: set SANDBOX_PORT or WEBVIEW_PORT.`);
  process.exit(1);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}

console.log(`sandbox ready ${sandbox.url}`);
console.log(`webview ready ${sandbox.webviewUrl}`);
