import { existsSync, readFileSync, rmSync } from "node:fs";
import { findBrowser } from "./browser.mjs";
import { buildIfChanged, prepare } from "./prepare.mjs";
import { nextBin, run } from "./processes.mjs";

const biome = "node_modules/@biomejs/biome/bin/biome";
const knip = "node_modules/knip/bin/knip.js";
const typescript = "node_modules/typescript/bin/tsc";
const vitest = "node_modules/vitest/vitest.mjs";
const playwright = "node_modules/@playwright/test/cli.js";
const unitReport = "test-results/unit.json";
const e2eReport = "test-results/e2e.json";

const total = { passed: 0, failed: 0, skipped: 0 };

await prepare({ build: false });
rmSync("test-results", { recursive: true, force: true });

await step("types", () => onRecentNode([nextBin, "typegen"], [typescript, "--noEmit", "--incremental", "false"]));
await step("lint", async () => countOne(await node([biome, "ci", "."])));
await step("import cycles", async () => countOne(await node(["scripts/tree.mjs"])));
await step("unused code", () => onRecentNode([knip]));
await step("unit tests", unitTests);
const isBuilt = await step("build", async () => countOne(await buildIfChanged()));
if (isBuilt) await step("browser tests", browserTests);

console.log(`\n${summaryLine()}`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** Runs one step under a heading and adds its counts to the total. Returns whether nothing failed. */
async function step(name, count) {
  console.log(`\n=== ${name}`);
  const startedAt = performance.now();
  const { passed, failed, skipped } = await count();
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`=== ${name}: ${failed === 0 ? "ok" : "FAILED"}, ${seconds} s`);
  return failed === 0;
}

/** Runs programs that do not start on the first releases of Node 20, on which everything else runs. */
async function onRecentNode(...commands) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major === 20 && minor < 19) {
    console.log(`Skipped: needs Node 20.19, this is ${process.versions.node}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  for (const command of commands) if ((await node(command)) !== 0) return countOne(1);
  return countOne(0);
}

async function unitTests() {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${unitReport}`];
  const code = await node([vitest, "run", ...reporters]);
  return countReport(code, unitReport, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

async function browserTests() {
  try {
    const { executablePath, source } = await findBrowser();
    console.log(`Browser: ${executablePath} (${source})`);
    process.env.BROWSER_PATH = executablePath;
  } catch (error) {
    console.error(error.message);
    return countOne(1);
  }
  const code = await node([playwright, "test"]);
  return countReport(code, e2eReport, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
}

function node(options) {
  const env = { CI: "1", ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  // Each tool sets NODE_ENV itself. A value from the shell would contradict it.
  delete env.NODE_ENV;
  return run(process.execPath, options, { env });
}

function countOne(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** A run that fails without a failed test counts as one failure, for example when a file does not load. */
function countReport(code, file, read) {
  if (!existsSync(file)) return countOne(1);
  const counted = read(JSON.parse(readFileSync(file, "utf8")));
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

function summaryLine() {
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
  return `${total.passed} passed, ${total.failed} failed${skipped}`;
}
