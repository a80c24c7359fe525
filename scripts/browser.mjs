import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const isWindows = process.platform === "win32";
const isRootOnLinux = process.platform === "linux" && process.getuid() === 0;
const playwrightCli = "node_modules/@playwright/test/cli.js";
// The last release of this package that accepts Node 20.
const packagedBrowser = "@sparticuz/chromium@147.0.2";

const sources = {
  BROWSER_PATH: fromSetting,
  Playwright: fromPlaywright,
  "this machine": fromMachine,
  "playwright install": fromPlaywrightInstall,
  apt: fromApt,
  npm: fromNpm,
};

/** Finds or installs a Chromium-based browser. Returns its path and its source, and throws when no source has one. */
export async function findBrowser() {
  for (const [source, find] of Object.entries(sources)) {
    const executablePath = await find();
    if (executablePath) return { executablePath, source };
  }
  throw new Error("No browser found. Install Chrome, Edge or Chromium, or set BROWSER_PATH.");
}

function fromSetting() {
  const chosen = process.env.BROWSER_PATH;
  if (chosen && !existsSync(chosen)) throw new Error(`BROWSER_PATH is not a file: ${chosen}`);
  return chosen;
}

/** Playwright installs two builds: the full browser and a headless shell. Either works. */
async function fromPlaywright() {
  const { chromium } = await import("@playwright/test");
  const plan = output(process.execPath, [playwrightCli, "install", "--dry-run", "--only-shell", "chromium"]) ?? "";
  const shellFolder = /Install location:\s+(.*headless_shell.*)/.exec(plan)?.[1].trim();
  return [chromium.executablePath(), ...shellsUnder(shellFolder)].find((program) => works(program));
}

function shellsUnder(folder) {
  if (!folder || !existsSync(folder)) return [];
  const names = ["chrome-headless-shell", "chrome-headless-shell.exe", "headless_shell"];
  return readdirSync(folder).flatMap((inner) => names.map((name) => path.join(folder, inner, name)));
}

function fromMachine() {
  if (isWindows) return windowsPrograms().find((program) => works(program));
  if (process.platform === "darwin") return macPrograms().find((program) => works(program));
  return linuxPrograms().find((program) => works(program));
}

function windowsPrograms() {
  const roots = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA].filter(Boolean);
  const programs = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
  return programs.flatMap((program) => roots.map((root) => path.join(root, program)));
}

function macPrograms() {
  const names = ["Google Chrome", "Microsoft Edge", "Chromium"];
  return names.flatMap((name) =>
    ["/", os.homedir()].map((root) => path.join(root, `Applications/${name}.app/Contents/MacOS/${name}`)),
  );
}

/** The headless shell comes first: Playwright itself prefers it, and it needs a quarter less CPU. */
function linuxPrograms() {
  const names = [
    "chromium-headless-shell",
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge-stable",
    "microsoft-edge",
  ];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

async function fromPlaywrightInstall() {
  const options = [playwrightCli, "install", "--only-shell", "chromium"];
  return succeeds(process.execPath, options, { timeoutMs: 240_000 }) ? fromPlaywright() : undefined;
}

function fromApt() {
  if (!isRootOnLinux) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  succeeds("apt-get", ["update", "-qq"], { timeoutMs: 120_000, env });
  const install = (name) => succeeds("apt-get", ["install", "-y", "-qq", name], { timeoutMs: 400_000, env });
  // Debian has a separate package for the headless shell. Ubuntu has none.
  return install("chromium-headless-shell") || install("chromium") ? fromMachine() : undefined;
}

/** A browser packaged for Linux servers. The package's list of arguments is not used, because it disables web security. */
async function fromNpm() {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const folder = path.join(os.tmpdir(), packagedBrowser.replace(/\W+/g, "-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{"private":true}');
  const options = ["install", "--prefix", folder, "--no-audit", "--no-fund", packagedBrowser];
  if (!succeeds("npm", options, { timeoutMs: 240_000 })) return undefined;
  const program = await unpack(folder);
  return works(program, ["--no-sandbox"]) ? program : undefined;
}

/** The package unpacks into the temporary folder and reuses any file that is already there, so it gets its own folder. */
async function unpack(folder) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const entry = createRequire(path.join(folder, "package.json")).resolve("@sparticuz/chromium");
    const { default: chromium } = await import(pathToFileURL(entry).href);
    return await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Checks that the program starts, not only that it exists. On Windows, `--version` would open a window. */
function works(program, options = []) {
  if (!existsSync(program)) return false;
  return isWindows || /\d+\.\d+/.test(output(program, [...options, "--version"]) ?? "");
}

function output(program, options) {
  try {
    return execFileSync(program, options, { timeout: 15_000, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" });
  } catch {
    return undefined;
  }
}

function succeeds(program, options, { timeoutMs, env = process.env }) {
  console.error(`Looking for a browser: ${path.basename(program)} ${options.slice(-3).join(" ")} …`);
  return spawnSync(program, options, { stdio: "ignore", timeout: timeoutMs, env }).status === 0;
}
