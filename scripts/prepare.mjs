import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nextBin, run } from "./processes.mjs";

const oldestNode = [20, 9];
const packagesStamp = "node_modules/.stamp";
const buildStamp = ".next/.stamp";
const buildFolders = ["app", "components", "lib", "public"];
const buildFiles = /^(?:tsconfig\.json|(?:next|postcss)\.config\.mjs|(?:proxy|instrumentation[\w-]*)\.ts)$/;

/** Makes a fresh clone ready: the right Node, the packages, and (when asked) a production build. Does only what changed. */
export async function prepare({ build }) {
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  requireNode();
  await installPackages();
  if (build) await buildApp();
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  const wanted = oldestNode.join(".");
  console.error(
    `Node ${process.versions.node} is too old: ${wanted} or newer is needed. 需要 Node ${wanted} 或更新的版本。`,
  );
  process.exit(1);
}

async function installPackages() {
  const wanted = packagesHash();
  if (isFresh(packagesStamp, wanted)) return;
  console.log("Installing packages · 安装依赖 …");
  // Tests and the build need the development packages even where NODE_ENV says production.
  const code = await runNpm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0) process.exit(code);
  writeFileSync(packagesStamp, wanted);
}

/** npm names its own program to the scripts it runs; started without npm, the shell has to find it. */
function runNpm(options) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith(".js") ? run(process.execPath, [npm, ...options]) : run("npm", options, { shell: true });
}

/** Builds for production unless nothing that goes into the build has changed. Ends the process when the build fails. */
async function buildApp() {
  const code = await buildIfChanged();
  if (code !== 0) process.exit(code);
}

/** Like `buildApp`, but answers the exit code. */
export async function buildIfChanged() {
  const wanted = hash([packagesHash(), ...buildSources().flatMap((file) => [file, readFileSync(file)])]);
  if (isFresh(buildStamp, wanted)) return 0;
  console.log("Building · 构建 …");
  // A build that fails half-way must not pass for the one before it.
  rmSync(buildStamp, { force: true });
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const code = await run(process.execPath, [nextBin, "build"], { env });
  if (code !== 0) return code;
  mkdirSync(path.dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, wanted);
  return 0;
}

/** Compiled packages belong to one platform and one Node ABI; package.json counts only for what it depends on. */
function packagesHash() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const machine = [process.platform, process.arch, process.versions.modules].join("-");
  return hash([machine, JSON.stringify([dependencies, devDependencies]), readFileSync("package-lock.json")]);
}

function buildSources() {
  const rootFiles = readdirSync(".").filter((name) => buildFiles.test(name));
  return [...buildFolders, ...rootFiles].flatMap(filesUnder).filter((file) => !/\.test\.tsx?$/.test(file));
}

function filesUnder(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesUnder(path.join(place, name)));
}

function hash(parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
}

function isFresh(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}
