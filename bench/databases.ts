import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { findPostgres, startPostgres } from "../e2e/postgres";
import { type DatabaseName } from "./runs";

/** Where our app has its data: on a PostgreSQL server, or without its address in the folder. */
export type DatabaseAddress = { databaseUrl: string; dataDir: string };

/** A database engine. Each measure gets an empty database of its own. */
export type Engine = { create: () => Promise<DatabaseAddress>; stop: () => Promise<void> };

/** Starts an engine. Null when this machine has no PostgreSQL. */
export async function startEngine(name: DatabaseName): Promise<Engine | null> {
  return name === "embedded" ? startEmbedded() : startServer();
}

function startEmbedded(): Engine {
  const folder = mkdtempSync(path.join(tmpdir(), "dingtalk-login-bench-"));
  const stop = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", stop);
  return {
    create: async () => ({ databaseUrl: "", dataDir: mkdtempSync(path.join(folder, "data-")) }),
    stop: async () => stop(),
  };
}

/** PostgreSQL as it is installed, on this machine, with its syncing on: each commit waits for the disk. */
async function startServer(): Promise<Engine | null> {
  const installed = findPostgres();
  if (!installed) return null;
  const server = await startPostgres(installed, { isDurable: true });
  let count = 0;
  return {
    async create() {
      count += 1;
      const connection = postgres(server.url, { max: 1 });
      await connection.unsafe(`create database bench${count}`);
      await connection.end();
      return { databaseUrl: server.url.replace(/postgres$/, `bench${count}`), dataDir: tmpdir() };
    },
    stop: server.stop,
  };
}
