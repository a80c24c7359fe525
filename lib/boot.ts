import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { recordAdminSettingsInBackground } from "./audit/admins";
import { signTrailQuietly, startSigning } from "./audit/checkpoints";
import { recordConfigurationError } from "./audit/configuration";
import { exportNew, startExporting } from "./audit/export";
import { summariseRefusals } from "./audit/refusals";
import { flushCalls, startCountingCalls } from "./calls/count";
import { database, openDatabase } from "./db/client";
import { startSyncing, stopSyncing } from "./directory/schedule";
import { renewSearchTermsInBackground } from "./employees/search-index";
import { ConfigurationError, databaseSettings, env } from "./env";
import { startLooking } from "./events/lost";
import { closeStream, startStream } from "./events/stream";
import { startWorking } from "./events/work";
import { closeStreams } from "./http/event-stream";
import { preparePageRequest } from "./http/page-request";
import { prepareIncomingRequests } from "./incoming-request";
import { createLog, log } from "./log";
import { beginStopping, drain, isStopping } from "./server/drain";
import { guardServer } from "./server/guard";
import { captureOutput } from "./server/output";
import { ownServer } from "./server/own-server";
import { dingtalk } from "./services";
import { startSweeping } from "./sweep";

/** A database that has not closed within this time is left as it is. */
const closeMs = 2000;
/** Recording why the app does not start may take this long. */
const recordMs = 10_000;

/** Starts the server once per process: output, settings, database, signals. On failure it logs the reason and exits. */
export async function boot(): Promise<void> {
  const own = ownServer();
  try {
    env();
    if (own) captureOutput();
    prepareIncomingRequests(preparePageRequest);
    if (own) guardServer(own.server);
    const startedAt = performance.now();
    const { kind } = await open();
    const databaseMs = Math.round(performance.now() - startedAt);
    startSweeping();
    startSigning();
    startExporting();
    startWorking();
    startStream();
    startLooking();
    startSyncing();
    startCountingCalls();
    recordAdminSettingsInBackground();
    void renewSearchTermsInBackground();
    log().info({ database: kind, databaseMs }, "ready");
  } catch (error) {
    await exitWith(error);
  }
  // A service manager and the parent process may both send one.
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => beginStopping() && void stop());
}

/** Whether the database answers now and accepts changes, and the process is not stopping: else no sign-in succeeds. */
export async function isReady(): Promise<boolean> {
  if (isStopping()) return false;
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
  if (opened.kind === "pglite") log().info("embedded database: one process only; set DATABASE_URL for several");
  return opened;
}

/** Exits, because Next would go on listening and answer every request with 500. */
async function exitWith(error: unknown): Promise<never> {
  const isOurs = error instanceof ConfigurationError;
  createLog("info").fatal(isOurs ? { problems: error.problems } : { err: error }, "cannot start");
  setTimeout(() => process.exit(1), recordMs).unref();
  // The reason is printed; where the database cannot be opened, there is nothing to record it in.
  if (isOurs) await recordConfigurationError(error, databaseSettings()).catch(() => {});
  process.exit(1);
}

/** Answers what runs, then closes the event streams, then the database. (S45) */
async function stop(): Promise<void> {
  const limitMs = env().STOP_TIMEOUT_SECONDS * 1000;
  log().info({ limitSeconds: env().STOP_TIMEOUT_SECONDS }, "stopping");
  const own = ownServer();
  if (own) {
    const deadline = Date.now() + limitMs;
    const unanswered = await drain(own.server, limitMs);
    if (unanswered > 0) log().warn({ unanswered }, "stopped before every request was answered");
    await Promise.race([own.finishBackgroundWork(), pause(Math.max(0, deadline - Date.now()))]);
  }
  closeStreams();
  closeStream();
  await Promise.race([stopSyncing().catch(() => {}), pause(closeMs)]);
  dingtalk().close();
  await flushCalls();
  await summariseRefusals().catch((err) => log().error({ err }, "refusals not summarised"));
  await Promise.race([signTrailQuietly().then(exportNew), pause(closeMs)]);
  await Promise.race([database().close(), pause(closeMs)]);
  log().info("stopped");
  process.exit(0);
}
