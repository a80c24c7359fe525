import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { createSandboxClient } from "../sandbox/control-client";
import { startSandbox } from "../sandbox/server";
import { measureCalls } from "./calls";
import { startBaseline, startOurs } from "./contestants";
import { measureCpu } from "./cpu";
import { measureLatency } from "./latency";
import { print } from "./print";
import { type Results } from "./results";
import { measureTickets } from "./tickets";
import { weigh } from "./weight";

/** The servers end with this process, so a run that hangs leaves nothing behind. */
const mostMs = 15 * 60_000;

const dataDir = mkdtempSync(path.join(tmpdir(), "dingtalk-login-bench-"));
process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
setTimeout(() => giveUp(`The measuring took more than ${mostMs / 60_000} minutes.`), mostMs).unref();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => giveUp("Stopped."));

const results = await measure();
writeFileSync("bench/results.json", `${JSON.stringify(results, null, 2)}\n`);
print(results);
process.exit(0);

async function measure(): Promise<Results> {
  const sandbox = await startSandbox({ port: 0, webviewPort: 0 });
  const client = createSandboxClient(sandbox.url);
  const places = { sandboxUrl: sandbox.url, dataDir };
  const baseline = await startBaseline(places);
  console.log("Counting calls …");
  const calls = await measureCalls({ sandbox: client, baseline, openOurs: () => startOurs(places) });
  const setting = { sandbox: client, baseline, ours: await startOurs(places) };
  console.log("Timing sign-ins …");
  const latency = await measureLatency(setting);
  console.log("Measuring CPU …");
  const cpu = await measureCpu(setting);
  const weight = await weigh(setting);
  await Promise.all([setting.ours.stop(), baseline.stop()]);
  console.log("Letting desktops wait …");
  const tickets = await measureTickets({ sandbox: client, places });
  await sandbox.close();
  return { machine: machine(), calls, latency, cpu, weight, tickets };
}

function machine(): Results["machine"] {
  return { cores: availableParallelism(), node: process.versions.node, platform: process.platform };
}

function giveUp(reason: string): never {
  console.error(reason);
  process.exit(1);
}
