import { eq, sql } from "drizzle-orm";
import { db } from "../db/client";
import { lookUps } from "../db/events-schema";
import { takeTurn } from "../db/turns";
import { env } from "../env";
import { log } from "../log";
import { singleton } from "../singleton";
import { openRun, releaseRuns, takeAbandonedRun } from "./runs";
import { isSyncing, workOn } from "./sync";

/** The row of `look_ups` that says when the next run is due. */
const name = "directory sync";
/** How often this process looks whether a run is due or was left by another process. */
const everyMs = 5000;
/** After an event the run waits for others, since changes come in groups; and so long for the run before. */
const afterEventSeconds = 30;
const betweenMinutes = 10;

const timer = singleton("syncTimer", () => setInterval(() => void syncWhenDue(), everyMs).unref());
const state = singleton("syncState", () => ({ isStopping: false }));

/** Looks from now on for a run that is due, and for one that a killed process left. */
export function startSyncing(): void {
  timer();
  void syncWhenDue();
}

/** Goes on with a run that was left, or starts one when it is due. Logs failures and never throws. */
export async function syncWhenDue(): Promise<void> {
  if (isSyncing() || state().isStopping) return;
  try {
    const run = (await takeAbandonedRun()) ?? (await openDueRun());
    if (run) await workOn(run);
  } catch (err) {
    log().warn({ err }, "directory sync not begun");
  }
}

/** Asks for a run soon, because the departments changed. Without a schedule there is none. */
export async function requestSync(): Promise<void> {
  const soon = sql`greatest(now() + make_interval(secs => ${afterEventSeconds}), ${lookUps.upTo} + make_interval(mins => ${betweenMinutes}))`;
  await db
    .update(lookUps)
    .set({ dueAt: sql`least(${lookUps.dueAt}, ${soon})` })
    .where(eq(lookUps.name, name));
}

/** Lets another process go on at once. */
export async function stopSyncing(): Promise<void> {
  state().isStopping = true;
  await releaseRuns();
}

async function openDueRun() {
  const hours = env().DIRECTORY_SYNC_HOURS;
  if (hours === null) return null;
  const last = await takeTurn({ name, everyMinutes: hours * 60, firstUpTo: new Date(0) });
  if (!last) return null;
  await db.update(lookUps).set({ upTo: sql`now()` }).where(eq(lookUps.name, name));
  const isEarly = Date.now() - last.getTime() < (hours - 0.1) * 3_600_000;
  return openRun(db, { trigger: isEarly ? "event" : "schedule", startedBy: null });
}
