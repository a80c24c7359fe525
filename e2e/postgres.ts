import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findFreePort } from "./free-port";

/** A PostgreSQL of a test's own, on loopback, in a folder that goes with it. */
export type Postgres = { url: string; stop: () => Promise<void> };

type Owner = { uid?: number; gid?: number };

/** The programs of the newest PostgreSQL on this machine and who may run them; null where there is none. */
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

/** PostgreSQL refuses to run as root, for whom the system's own database user stands in. */
function findOwner(): Owner | null {
  if (process.getuid?.() !== 0) return {};
  try {
    const [uid, gid] = ["-u", "-g"].map((which) => Number(execFileSync("id", [which, "postgres"], { stdio: "pipe" })));
    return { uid, gid };
  } catch {
    return null;
  }
}

export async function startPostgres({ bin, owner }: { bin: string; owner: Owner }): Promise<Postgres> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "dingtalk-login-postgres-"));
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const place = { ...owner, cwd: folder, env: { ...process.env, LC_ALL: "C" } };
  const initOptions = ["-D", "data", "-U", "app", "-A", "trust", "-E", "UTF8", "--no-sync"];
  execFileSync(path.join(bin, "initdb"), initOptions, { ...place, stdio: "pipe" });
  const port = await findFreePort();
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"];
  const options = ["-D", "data", ...settings.flatMap((setting) => ["-c", setting])];
  const server = spawn(path.join(bin, "postgres"), options, { ...place, stdio: ["ignore", "ignore", "pipe"] });
  process.once("exit", () => server.kill("SIGKILL"));
  const ended = once(server, "exit");
  await Promise.race([untilReady(server.stderr), ended]);
  if (server.exitCode !== null) throw new Error("PostgreSQL did not start.");
  return {
    url: `postgres://app@127.0.0.1:${port}/postgres`,
    async stop() {
      // The fast shutdown: it does not wait for clients to go.
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(log: NodeJS.ReadableStream): Promise<void> {
  let text = "";
  await new Promise<void>((resolve) => {
    log.on("data", (part) => {
      text += part;
      if (text.includes("ready to accept connections")) resolve();
    });
  });
}
