import { prepare } from "./prepare.mjs";
import { nextBin, start, supervise } from "./processes.mjs";
import { givenSettings, readSettings } from "./settings.mjs";

await prepare({ build: true });
// Next reads .env only after it has chosen where to listen, so these two are read here.
const { HOST, PORT } = { HOST: "127.0.0.1", PORT: "3000", ...readSettings(".env"), ...givenSettings() };
const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NEXT_MANUAL_SIG_HANDLE: "1" };
const app = start([nextBin, "start", "-H", HOST, "-p", PORT], env);
// Requests that are being answered may finish; the app's own handler closes what stays open.
await supervise([app], { graceMs: 10_000 });
process.exitCode = await app.ended;
