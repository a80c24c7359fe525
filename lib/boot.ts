import { sql } from "drizzle-orm";
import { database, openDatabase } from "./db/client";
import { ConfigurationError, env } from "./env";
import { prepareIncomingRequests } from "./incoming-request";
import { log } from "./log";
import { startSweeping } from "./sweep";
import { closeStreams } from "./tickets/stream";

/** A process that has not closed its database within this time exits anyway. */
const stopMs = 2000;

/** Starts the server once per process: settings, database, signal handlers. On failure it prints the reason and exits. */
export async function boot(): Promise<void> {
  try {
    prepareIncomingRequests();
    const { kind } = await open();
    startSweeping();
    log().info({ database: kind }, "ready");
  } catch (error) {
    exitWith(error);
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}

/** Whether the database answers now and accepts changes: without them no sign-in succeeds. */
export async function isReady(): Promise<boolean> {
  const canWrite = sql<boolean>`not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off'`;
  try {
    const [found] = await database().db.select({ canWrite }).from(sql`(select) as one`);
    return found?.canWrite ?? false;
  } catch {
    return false;
  }
}

async function open() {
  if (env().ALLOW_WEAK_SETTINGS) log().warn("ALLOW_WEAK_SETTINGS is on: use it only to try the app on this machine");
  const opened = await openDatabase();
  if (opened.kind === "pglite")
    log().info("embedded database: one process only, and a power cut may lose data; set DATABASE_URL for PostgreSQL");
  return opened;
}

/** Exits, because Next would go on listening and answer every request with 500. */
function exitWith(error: unknown): never {
  process.stderr.write(`${error instanceof ConfigurationError ? error.message : `Cannot start: ${String(error)}`}\n`);
  process.exit(1);
}

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), stopMs).unref();
  closeStreams();
  await database().close();
  process.exit(0);
}
