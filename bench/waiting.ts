import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type Desktop, openDesktop } from "./desktop";
import { type Figures } from "./goals";
import { type Setup } from "./setup";
import { startOurs, type Target, ticketSettings } from "./targets";
import { warmUp } from "./warm-up";

const allDesktops = 2000;
const concurrency = 8;
const ticketSeconds = 120;
/** A ticket expires after two minutes, and the measurement has to end before the first ticket does. */
const maxOpeningMs = 70_000;
/** Each stream sends one keep-alive within this time. */
const windowMs = 30_000;
const polls = 400;
const pollSeconds = 1.5;

/** Measures what desktops cost that show the app's own QR code and wait. */
export async function measureWaiting({ sandbox, options, times }: Setup): Promise<Figures> {
  const app = await startOurs(options, ticketSettings);
  await warmUp(app, { sandbox, times: times(50) });
  await using(async (signal) => openMany(app, times(200), signal));
  const found = await using(async (signal) => {
    const before = { memoryMb: await app.memoryMb(), cpuMs: await app.cpuMs() };
    const desktops = await openMany(app, times(allDesktops), signal);
    const openingMs = (await app.cpuMs()) - before.cpuMs;
    const addedMb = (await app.memoryMb()) - before.memoryMb;
    const waitingMs = await cpuOf(app, () => wait(windowMs));
    const pollers = desktops.slice(-polls);
    const pollMs = (await cpuOf(app, () => pollAll(pollers))) / pollers.length;
    return { count: desktops.length, openingMs, addedMb, waitingMs, pollMs };
  });
  await app.stop();
  return toFigures(found);
}

/** The streams that are opened inside end with it. */
async function using<Result>(run: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const closing = new AbortController();
  // Every waiting desktop of this process listens to the same signal.
  setMaxListeners(0, closing.signal);
  const result = await run(closing.signal);
  closing.abort();
  return result;
}

/** Opens all desktops, or on a slow machine as many as possible within the time limit. */
async function openMany({ url }: Target, wanted: number, signal: AbortSignal): Promise<Desktop[]> {
  const desktops: Desktop[] = [];
  const deadline = Date.now() + maxOpeningMs;
  let started = 0;
  async function open(): Promise<void> {
    while (started < wanted && Date.now() < deadline) {
      started += 1;
      const desktop = await openDesktop(url);
      await desktop.listen(() => {}, signal);
      desktops.push(desktop);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, open));
  return desktops;
}

async function cpuOf(app: Target, run: () => Promise<unknown>): Promise<number> {
  const before = await app.cpuMs();
  await run();
  return (await app.cpuMs()) - before;
}

/** One after another: all desktops at their real rate would exceed the machine. */
async function pollAll(desktops: Desktop[]): Promise<void> {
  for (const { poll } of desktops) {
    if ((await poll()) !== "waiting") throw new Error("A desktop's ticket is no longer waiting.");
  }
}

type Waiting = { count: number; openingMs: number; addedMb: number; waitingMs: number; pollMs: number };

/** Where the machine was too slow to open all desktops in time, the results are projected to all of them. */
function toFigures({ count, openingMs, addedMb, waitingMs, pollMs }: Waiting): Figures {
  const scale = allDesktops / count;
  const note = scale > 1 ? `projected from ${count}` : undefined;
  const percent = (cpuMs: number, ofMs: number) => ({ value: ((cpuMs * scale) / ofMs) * 100, note });
  return {
    "waiting.memory": { value: addedMb * scale, note },
    "waiting.cpu": percent(waitingMs, windowMs),
    "waiting.renewing": percent(openingMs, ticketSeconds * 1000),
    "waiting.polling": percent(pollMs * count, pollSeconds * 1000),
  };
}
