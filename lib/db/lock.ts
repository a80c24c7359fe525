import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { tryLock } from "fs-native-extensions";

/**
 * Locks a folder for this process until the returned function is called or the process ends. Throws when another process
 * has the lock: PGlite itself takes none, and two processes on the same files lose rows.
 *
 * The lock is the kernel's, on a file beside the folder. It belongs to the file and not to a name or a process id, so it also
 * holds between containers that share a volume. The kernel frees it however the process ends, and keeps it while the process
 * is suspended. That rules out the alternatives: a file with a heartbeat is taken over from a suspended process that
 * continues later, and must be removed when it is stale, which two new processes may do at once; a socket has a path of at
 * most 108 bytes and the same removal. Node has no file locks, hence the package.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = `${resolve(folder)}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  const fd = openSync(file, "a");
  let closed = false;
  const close = () => {
    // The system reuses the number of a closed file, so a second call could close another one.
    if (!closed) closeSync(fd);
    closed = true;
  };
  if (isLocked(fd, file)) return close;
  close();
  throw new Error(`${folder} is open in another process. Stop that process, or set DATABASE_URL to run several.`);
}

function isLocked(fd: number, file: string): boolean {
  try {
    return tryLock(fd);
  } catch (cause) {
    throw new Error(`${file} cannot be locked. Use a file system with file locks for DATA_DIR, or set DATABASE_URL.`, {
      cause,
    });
  }
}
