import { createSandboxClient } from "../sandbox/control-client";
import { startSandbox } from "../sandbox/server";
import { type DatabaseAddress, startEngine } from "./databases";
import { type Figures } from "./goals";
import { measures } from "./measures";
import { type BenchOptions, readOptions } from "./options";
import { print } from "./print";
import { createRun, type DatabaseName, keepRun, type Run } from "./runs";
import { type Setup } from "./setup";

/** For one engine. The servers end with this process, so a measure that hangs leaves no process behind. */
const maxMinutes = 25;

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const options = readOptionsOrExit();
let hasFailed = false;
for (const database of options.databases) {
  const run = await measureOn(database, options);
  finish(run);
  hasFailed ||= Object.keys(run.failed).length > 0;
}
process.exit(hasFailed ? 1 : 0);

/** A measure that fails is recorded, and the others are made nevertheless. */
async function measureOn(database: DatabaseName, { only, scale }: BenchOptions): Promise<Run> {
  const run = createRun(database);
  const engine = await startEngine(database);
  if (!engine) return { ...run, note: "There is no PostgreSQL on this machine, so nothing was measured with it." };
  const startedAt = Date.now();
  const limit = setTimeout(() => endAtLimit(run), maxMinutes * 60_000);
  for (const [name, measure] of Object.entries<Measure>(measures)) {
    if (only && !only.includes(name)) continue;
    console.log(`${database}: ${name} …`);
    await measureOne(measure, await engine.create(), scale).then(
      (figures) => Object.assign(run.figures, figures),
      (error: unknown) => recordFailure(run, name, error),
    );
    run.seconds = Math.round((Date.now() - startedAt) / 1000);
  }
  clearTimeout(limit);
  await engine.stop();
  return run;
}

type Measure = (setup: Setup) => Promise<Figures>;

async function measureOne(measure: Measure, database: DatabaseAddress, scale: number): Promise<Figures> {
  const sandbox = await startSandbox({ port: 0, webviewPort: 0 });
  try {
    return await measure({
      sandbox: createSandboxClient(sandbox.url),
      options: { sandboxUrl: sandbox.url, ...database },
      times: (full) => Math.max(1, Math.round(full * scale)),
    });
  } finally {
    await sandbox.close();
  }
}

function recordFailure(run: Run, name: string, error: unknown): void {
  console.error(error);
  run.failed[name] = error instanceof Error ? error.message : String(error);
}

function endAtLimit(run: Run): void {
  run.failed.limit = `The run took more than ${maxMinutes} minutes.`;
  finish(run);
  process.exit(1);
}

/** Only a whole run is kept: of a part, one could choose the best. */
function finish(run: Run): void {
  print(run);
  const isWhole = options.only === null && options.scale === 1;
  console.log(isWhole ? `Kept as ${keepRun(run)}.` : "Not kept, because it is not a whole run.");
}

function readOptionsOrExit(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}
