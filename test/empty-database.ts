import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { prepareDataFolder } from "../lib/db/data-folder";

/** Named after the PGlite release that wrote its files. It contains no schema of ours. */
const template = resolve("node_modules/.cache/dingtalk-login/empty-database-0.5.16-synced");

/** Copies an empty database into a folder: creating one takes ten seconds of CPU time, a copy less than one. */
export async function copyEmptyDatabase(folder: string): Promise<void> {
  if (!existsSync(template)) await makeTemplate();
  cpSync(template, folder, { recursive: true });
}

async function makeTemplate(): Promise<void> {
  mkdirSync(dirname(template), { recursive: true });
  const draft = mkdtempSync(`${template}-`);
  await prepareDataFolder(join(draft, "db"));
  try {
    renameSync(join(draft, "db"), template);
  } catch {
    // Another process created the template first, and both are the same.
  }
  rmSync(draft, { recursive: true, force: true });
}
