import { prepare } from "./prepare.mjs";
import { nextBin, start, supervise } from "./processes.mjs";
import { givenSettings, readSettings } from "./settings.mjs";

await prepare({ build: true });
// Next reads .env after it has chosen its address, so HOST and PORT are read here.
const { HOST, PORT } = { HOST: "127.0.0.1", PORT: "3000", ...readSettings(".env"), ...givenSettings() };
const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NEXT_MANUAL_SIG_HANDLE: "1" };
const app = start([nextBin, "start", "-H", HOST, "-p", PORT], env);
// Running requests may finish. The app's own signal handler closes the open connections.
await supervise([app], { graceMs: 10_000 });
process.exitCode = await app.ended;
