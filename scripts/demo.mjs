import { runBesideSandbox } from "./beside-sandbox.mjs";
import { requirePorts } from "./ports.mjs";
import { prepare } from "./prepare.mjs";

const ports = await requirePorts();
await prepare({ build: true });
process.exitCode = await runBesideSandbox({ command: "start", dataDir: ".data", ports });
