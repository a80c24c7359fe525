import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { findPostgres, startPostgres } from "../e2e/postgres";
import { type DatabaseName } from "./runs";

/** The settings of our app that say where its data is. */
export type DatabaseSettings = { DATABASE_URL: string; DATA_DIR: string };

/** A database engine. Each measure gets an empty database of its own. */
export type Engine = { create: () => Promise<DatabaseSettings>; stop: () => Promise<void> };

/** Starts an engine. Null when this machine has no PostgreSQL. */
export async function startEngine(name: DatabaseName): Promise<Engine | null> {
  return name === "embedded" ? startEmbedded() : startServer();
}

function startEmbedded(): Engine {
  const folder = mkdtempSync(path.join(tmpdir(), "dingtalk-login-bench-"));
  const stop = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", stop);
  return {
    create: async () => ({ DATABASE_URL: "", DATA_DIR: mkdtempSync(path.join(folder, "data-")) }),
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
      return { DATABASE_URL: server.url.replace(/postgres$/, `bench${count}`), DATA_DIR: tmpdir() };
    },
    stop: server.stop,
  };
}
