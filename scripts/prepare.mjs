import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nextBin, run } from "./processes.mjs";

const oldestNode = [20, 9];
const packagesStamp = "node_modules/.stamp";
const buildStamp = ".next/.stamp";
const buildFolders = ["app", "components", "lib", "public", "scripts/loaders"];
const buildFiles = /^(?:tsconfig\.json|(?:next|postcss)\.config\.mjs|(?:proxy|instrumentation[\w-]*)\.ts)$/;

/** Prepares a clone: checks Node, installs the packages and, with `build`, makes a production build. Skips what is up to date. */
export async function prepare({ build }) {
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  requireNode();
  await installPackages();
  if (!build) return;
  const code = await buildIfChanged();
  if (code !== 0) process.exit(code);
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  const wanted = oldestNode.join(".");
  console.error(
    `Node ${process.versions.node} is too old. Node ${wanted} or newer is required. 需要 Node ${wanted} 或更新的版本。`,
  );
  process.exit(1);
}

async function installPackages() {
  const wanted = packagesHash();
  if (isFresh(packagesStamp, wanted)) return;
  console.log("Installing packages · 安装依赖 …");
  // Tests and the build need the development packages, even with NODE_ENV=production.
  const code = await runNpm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0) process.exit(code);
  writeFileSync(packagesStamp, wanted);
}

/** npm passes the path of its own program to the scripts it runs. Without npm, the shell finds it. */
function runNpm(options) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith(".js") ? run(process.execPath, [npm, ...options]) : run("npm", options, { shell: true });
}

/** Builds for production when a source of the build has changed. Returns the exit code. */
export async function buildIfChanged() {
  const wanted = hash([packagesHash(), ...buildSources().flatMap((file) => [file, readFileSync(file)])]);
  if (isFresh(buildStamp, wanted)) return 0;
  console.log("Building · 构建 …");
  // A failed build must not count as the previous one.
  rmSync(buildStamp, { force: true });
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const code = await run(process.execPath, [nextBin, "build"], { env });
  if (code !== 0) return code;
  mkdirSync(path.dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, wanted);
  return 0;
}

/** Compiled packages fit one platform and one Node ABI. Of package.json only the dependencies count. */
function packagesHash() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const machine = [process.platform, process.arch, process.versions.modules].join("-");
  return hash([machine, JSON.stringify([dependencies, devDependencies]), readFileSync("package-lock.json")]);
}

function buildSources() {
  const rootFiles = readdirSync(".").filter((name) => buildFiles.test(name));
  return [...buildFolders, ...rootFiles].flatMap(filesUnder).filter((file) => !/\.test\.tsx?$/.test(file));
}

function filesUnder(root) {
  if (!existsSync(root)) return [];
  if (!statSync(root).isDirectory()) return [root];
  return readdirSync(root)
    .sort()
    .flatMap((name) => filesUnder(path.join(root, name)));
}

function hash(parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
}

function isFresh(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}
