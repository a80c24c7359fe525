import { requirePorts } from "./ports.mjs";
import { prepare } from "./prepare.mjs";
import { runWithSandbox } from "./run-with-sandbox.mjs";

const ports = await requirePorts();
await prepare({ build: true });
process.exitCode = await runWithSandbox({ command: "start", dataDir: ".data", ports });
