import { sql } from "drizzle-orm";
import { recordAdminSettingsInBackground } from "./audit/admins";
import { recordConfigurationError } from "./audit/configuration";
import { summariseRefusals } from "./audit/refusals";
import { database, openDatabase } from "./db/client";
import { ConfigurationError, databaseSettings, env } from "./env";
import { prepareIncomingRequests } from "./incoming-request";
import { log } from "./log";
import { startSweeping } from "./sweep";
import { closeStreams } from "./tickets/stream";

/** A process that has not closed its database within this time exits anyway. */
const stopMs = 2000;
/** Recording why the app does not start may take this long. */
const recordMs = 10_000;

/** Starts the server once per process: settings, database, signal handlers. On failure it prints the reason and exits. */
export async function boot(): Promise<void> {
  try {
    prepareIncomingRequests();
    const { kind } = await open();
    startSweeping();
    recordAdminSettingsInBackground();
    log().info({ database: kind }, "ready");
  } catch (error) {
    await exitWith(error);
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}

/** Whether the database answers now. */
export async function isReady(): Promise<boolean> {
  try {
    await database().db.execute(sql`select 1`);
    return true;
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
async function exitWith(error: unknown): Promise<never> {
  const isOurs = error instanceof ConfigurationError;
  process.stderr.write(`${isOurs ? error.message : `Cannot start: ${String(error)}`}\n`);
  setTimeout(() => process.exit(1), recordMs).unref();
  // The reason is printed; where the database cannot be opened, there is nothing to record it in.
  if (isOurs) await recordConfigurationError(error, databaseSettings()).catch(() => {});
  process.exit(1);
}

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), stopMs).unref();
  closeStreams();
  await summariseRefusals();
  await database().close();
  process.exit(0);
}
