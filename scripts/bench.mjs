import { prepare } from "./prepare.mjs";
import { nextBin, run } from "./processes.mjs";
import { readSettings } from "./settings.mjs";

await prepare({ build: true });
const { NODE_ENV: _, ...env } = { ...process.env, ...readSettings(".env.example"), NEXT_TELEMETRY_DISABLED: "1" };
const built = await run(process.execPath, [nextBin, "build", "bench/baseline"], { env });
process.exitCode =
  built || (await run(process.execPath, ["--import", "tsx", "bench/main.ts", ...process.argv.slice(2)], { env }));
