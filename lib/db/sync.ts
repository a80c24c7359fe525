import { closeSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** Syncs a folder's files and names, its subfolders' too, and the folder's own name in the folders above it. */
export function syncFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isDirectory()) syncDirectory(path);
    else syncFile(path);
  }
  syncDirectory(folder);
  syncName(folder);
}

/** Syncs the name of a file or a folder in its folder, and that one's name, up to the root. */
export function syncName(path: string): void {
  const parent = dirname(path);
  if (parent === path) return;
  try {
    syncDirectory(parent);
  } catch (error) {
    // A folder that this user may not read is the administrator's, and older than the database.
    if (isRefusal(error)) return;
    throw error;
  }
  syncName(parent);
}

/** Opened for writing, because Windows syncs no other file. */
export function syncFile(path: string): void {
  const fd = openSync(path, "r+");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Windows has no directories that can be opened: there the file system writes names to its journal. */
export function syncDirectory(path: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(path, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
}
