import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { createSandboxClient } from "../sandbox/control-client";
import { startSandbox } from "../sandbox/server";
import { measureCalls } from "./calls";
import { measureCpu } from "./cpu";
import { type Results } from "./goals";
import { measureLatency } from "./latency";
import { print } from "./print";
import { startBaseline, startOurs } from "./targets";
import { measureTickets } from "./tickets";
import { measureWeight } from "./weight";

/** The servers end with this process, so a run that hangs leaves no process behind. */
const maxMs = 15 * 60_000;

const dataDir = mkdtempSync(path.join(tmpdir(), "dingtalk-login-bench-"));
process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
setTimeout(() => abort(`The benchmark took more than ${maxMs / 60_000} minutes.`), maxMs).unref();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => abort("Stopped."));

const results = await measure();
writeFileSync("bench/results.json", `${JSON.stringify(results, null, 2)}\n`);
print(results);
process.exit(0);

async function measure(): Promise<Results> {
  const sandbox = await startSandbox({ port: 0, webviewPort: 0 });
  const client = createSandboxClient(sandbox.url);
  const options = { sandboxUrl: sandbox.url, dataDir };
  const baseline = await startBaseline(options);
  console.log("Counting calls …");
  const calls = await measureCalls({ sandbox: client, baseline, startOurs: () => startOurs(options) });
  const setup = { sandbox: client, baseline, ours: await startOurs(options) };
  console.log("Timing sign-ins …");
  const latency = await measureLatency(setup);
  console.log("Measuring CPU …");
  const cpu = await measureCpu(setup);
  const weight = await measureWeight(setup);
  await Promise.all([setup.ours.stop(), baseline.stop()]);
  console.log("Measuring waiting desktops …");
  const tickets = await measureTickets({ sandbox: client, options });
  await sandbox.close();
  return { machine: machine(), calls, latency, cpu, weight, tickets };
}

function machine(): Results["machine"] {
  return { cores: availableParallelism(), node: process.versions.node, platform: process.platform };
}

function abort(reason: string): never {
  console.error(reason);
  process.exit(1);
}
