import { execFile } from "node:child_process";
import { closeSync, existsSync, openSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { syncFolder, syncName } from "./sync";

/** A file in the data folder which says that everything older than itself was synced once. */
export const syncedMark = "synced-once";

/** Creating a database takes some seconds, on a busy machine tens of them. */
const createTimeoutMs = 180_000;

/**
 * Makes sure that there is a data folder, and that all of it is on disk. The caller holds the folder's lock.
 *
 * A new database is created under another name and renamed when it is synced, so that a power cut leaves a whole folder or
 * none. Folders of earlier releases, which never synced, are synced once.
 */
export async function prepareDataFolder(folder: string): Promise<void> {
  if (!existsSync(join(folder, "PG_VERSION"))) return createDataFolder(folder);
  if (!existsSync(join(folder, syncedMark))) syncOnce(folder);
}

async function createDataFolder(folder: string): Promise<void> {
  if (existsSync(folder)) removeEmpty(folder);
  const draft = `${folder}.new`;
  // A start that was interrupted left it.
  rmSync(draft, { recursive: true, force: true });
  await createDatabase(draft);
  syncOnce(draft);
  renameSync(draft, folder);
  syncName(folder);
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (cause) {
    throw new Error(`${folder} contains files, but no database. Restore a backup, or move the folder away.`, { cause });
  }
}

/** In a process of its own: creating a database takes some 600 MB of memory, which this process would keep. */
async function createDatabase(folder: string): Promise<void> {
  const script = resolve(/* turbopackIgnore: true */ process.cwd(), "scripts/create-database.mjs");
  await promisify(execFile)(process.execPath, [script, folder], { timeout: createTimeoutMs });
}

/** The mark follows the sync, so that it never stands for files that are not on disk. */
function syncOnce(folder: string): void {
  syncFolder(folder);
  const mark = join(folder, syncedMark);
  closeSync(openSync(mark, "w"));
  syncName(mark);
}
