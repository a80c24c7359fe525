import { createHash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Locks a folder for this process until the returned function is called or the process ends. Throws when another process
 * has the lock: PGlite itself takes none, and two processes on the same files lose rows. The lock is a listening socket,
 * because the kernel frees it however the process ends.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const address = socketOf(folder);
  for (let attempt = 0; attempt < 3; attempt++) {
    const unlock = await listenOn(address);
    if (unlock) return unlock;
    if (await answers(address)) break;
    if (process.platform !== "win32") rmSync(address, { force: true });
  }
  throw new Error(`${folder} is open in another process. Stop that process, or set DATABASE_URL to run several.`);
}

function socketOf(folder: string): string {
  const id = createHash("sha256").update(resolve(folder)).digest("hex").slice(0, 16);
  return process.platform === "win32"
    ? `\\\\.\\pipe\\dingtalk-login-${id}`
    : join(tmpdir(), `dingtalk-login-${id}.sock`);
}

function listenOn(address: string): Promise<(() => void) | null> {
  const server = createServer((socket) => socket.end()).unref();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(() => void server.close()));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
