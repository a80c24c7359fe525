import { prepare } from "./prepare.mjs";
import { serverScript, start, supervise } from "./processes.mjs";
import { givenSettings, readSettings } from "./settings.mjs";

await prepare({ build: true });
// Next reads .env after the server has chosen its address, so these are read here.
const defaults = { HOST: "127.0.0.1", PORT: "3000", STOP_TIMEOUT_SECONDS: "20" };
const { HOST, PORT, STOP_TIMEOUT_SECONDS } = { ...defaults, ...readSettings(".env"), ...givenSettings() };
const app = start([serverScript], { ...process.env, HOST, PORT, NEXT_TELEMETRY_DISABLED: "1" });
// The app ends by itself after this time. The rest is for its database.
await supervise([app], { graceMs: (Number(STOP_TIMEOUT_SECONDS) + 5) * 1000 });
process.exitCode = await app.ended;
