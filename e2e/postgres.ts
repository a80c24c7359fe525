import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import getPort from "get-port";

/** A temporary PostgreSQL server on the loopback address. `stop` also deletes its data. */
export type Postgres = { url: string; stop: () => Promise<void> };

type Owner = { uid?: number; gid?: number };

/** Finds the newest PostgreSQL on this machine and the system user that can run it. Returns null when there is none. */
export function findPostgres(): { bin: string; owner: Owner } | null {
  const home = "/usr/lib/postgresql";
  const versions = existsSync(home) ? readdirSync(home).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => path.join(home, version, "bin")), ...pathFolders()];
  const bin = folders.find((folder) => ["initdb", "postgres"].every((name) => existsSync(path.join(folder, name))));
  const owner = findOwner();
  return bin && owner ? { bin, owner } : null;
}

function pathFolders(): string[] {
  return (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
}

/** PostgreSQL does not run as root. The system user `postgres` runs it then. */
function findOwner(): Owner | null {
  if (process.getuid?.() !== 0) return {};
  try {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" })));
    return { uid, gid };
  } catch {
    return null;
  }
}

/** Tests need no data after a power cut, so the server does not sync to disk unless it is `isDurable`. */
export async function startPostgres(
  { bin, owner }: { bin: string; owner: Owner },
  { isDurable = false } = {},
): Promise<Postgres> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "dingtalk-login-postgres-"));
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const processOptions = { ...owner, cwd: folder, env: { ...process.env, LC_ALL: "C" } };
  const initOptions = ["-D", "data", "-U", "app", "-A", "trust", "-E", "UTF8", "--no-sync"];
  execFileSync(path.join(bin, "initdb"), initOptions, { ...processOptions, stdio: "pipe" });
  const port = await getPort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories="];
  if (!isDurable) settings.push("fsync=off");
  const options = ["-D", "data", ...settings.flatMap((setting) => ["-c", setting])];
  const server = spawn(path.join(bin, "postgres"), options, { ...processOptions, stdio: ["ignore", "ignore", "pipe"] });
  process.once("exit", () => server.kill("SIGKILL"));
  const ended = once(server, "exit");
  await Promise.race([waitUntilReady(server.stderr), ended]);
  if (server.exitCode !== null) throw new Error("PostgreSQL did not start.");
  return {
    url: `postgres://app@127.0.0.1:${port}/postgres`,
    async stop() {
      // SIGINT is the fast shutdown, which does not wait for clients to disconnect.
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(log: NodeJS.ReadableStream): Promise<void> {
  let text = "";
  await new Promise<void>((resolve) => {
    log.on("data", (part) => {
      text += part;
      if (text.includes("ready to accept connections")) resolve();
    });
  });
}
