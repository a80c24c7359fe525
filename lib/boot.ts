import { sql } from "drizzle-orm";
import { database } from "./db/client";
import { env, SettingsError } from "./env";
import { recordPeerAddresses } from "./http/peer-address";
import { log } from "./log";
import { startSweeping } from "./sweep";
import { closeStreams } from "./tickets/hub";

/** A process that cannot close its database in this time is ended without. */
const patienceMs = 2000;

/** Starts the server's side once a process: settings, database, signals. A process that cannot serve ends, with the reason. */
export async function boot(): Promise<void> {
  try {
    recordPeerAddresses();
    const { kind } = await announce();
    startSweeping();
    log().info({ database: kind }, "ready");
  } catch (error) {
    giveUp(error);
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}

/** Whether the database answers now. */
export async function isReady(): Promise<boolean> {
  try {
    const { db } = await database();
    await db.execute(sql`select 1`);
    return true;
  } catch {
    return false;
  }
}

async function announce() {
  if (env().ALLOW_WEAK_SETTINGS) log().warn("ALLOW_WEAK_SETTINGS is on: for trying out on this machine only");
  const opened = await database();
  if (opened.kind === "pglite")
    log().info("embedded database: one process only, and a power cut may lose data; set DATABASE_URL for more");
  return opened;
}

/** Next would keep listening and answer 500 for ever. */
function giveUp(error: unknown): never {
  process.stderr.write(`${error instanceof SettingsError ? error.message : `Cannot start: ${String(error)}`}\n`);
  process.exit(1);
}

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), patienceMs).unref();
  closeStreams();
  const { close } = await database();
  await close();
  process.exit(0);
}
