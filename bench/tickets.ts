import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type SandboxClient } from "../sandbox/control-client";
import { settle } from "./company";
import { type Contestant, startOurs } from "./contestants";
import { type Desktop, openDesktop } from "./desktop";
import { createPhone, type Phone } from "./phone";

/** CPU as a share of one core: what so many waiting desktops keep the server's process busy with. */
export type Tickets = {
  tap: { count: number; p50: number; p99: number };
  waiting: { desktops: number; seconds: number; addedMb: number; totalMb: number; share: number };
  /** Opening a ticket and its stream, once for each desktop in a ticket's life. */
  opening: { cpuMs: number; share: number };
  polling: { cpuMs: number; share: number };
};

type Setting = { sandbox: SandboxClient; places: Parameters<typeof startOurs>[0] };

/** One machine plays a whole office, so the limits that an office's address would meet are set aside. */
const settings = { TICKETS_PER_MINUTE: "1000000" };

const wanted = 2000;
const atOnce = 8;
const lifeSeconds = 120;
/** Tickets live for two minutes, and the measuring has to end before the first one does. */
const mostOpeningMs = 70_000;
/** Each stream says that it is still there once in this time. */
const windowSeconds = 30;
const polls = 400;
const pollSeconds = 1.5;
const taps = 100;
/** Not counted: a server that has just started interprets what it later runs compiled. */
const warmUps = 40;
const mostTapsMs = 60_000;
/** One person may decide ten times a minute. */
const tapsPerPerson = 8;

export async function measureTickets({ sandbox, places }: Setting): Promise<Tickets> {
  await sandbox.settings({ latencyMs: 0 });
  const app = await startOurs(places, settings);
  const tap = await measureTaps(sandbox, app);
  await settle(sandbox);
  const found = await measureWaiting(app);
  await app.stop();
  return { tap, ...found };
}

/** From the phone's tap to the event at the desktop, on a server that does nothing else. */
async function measureTaps(sandbox: SandboxClient, app: Contestant): Promise<Tickets["tap"]> {
  const found: number[] = [];
  const deadline = Date.now() + mostTapsMs;
  while (found.length < warmUps + taps && Date.now() < deadline) {
    const phone = await createPhone(sandbox, app);
    await settle(sandbox);
    for (let turn = 0; turn < tapsPerPerson; turn += 1) found.push(await timeTap(app, phone));
  }
  const sorted = found.slice(warmUps).toSorted((a, b) => a - b);
  const at = (share: number) => sorted.at(Math.ceil(share * sorted.length) - 1) ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99) };
}

async function timeTap({ url }: Contestant, phone: Phone): Promise<number> {
  const desktop = await openDesktop(url);
  const leaving = new AbortController();
  let hearApproval = () => {};
  const heard = new Promise<void>((resolve) => {
    hearApproval = resolve;
  });
  await desktop.listen((state) => state === "approved" && hearApproval(), leaving.signal);
  const { tap } = await phone.scan(desktop);
  const tappedAt = performance.now();
  const heardAt = heard.then(() => performance.now());
  await Promise.all([heardAt, tap()]);
  leaving.abort();
  return (await heardAt) - tappedAt;
}

async function measureWaiting(app: Contestant): Promise<Omit<Tickets, "tap">> {
  const leaving = new AbortController();
  // Each waiting desktop of this one process listens for the end.
  setMaxListeners(0, leaving.signal);
  const before = { memoryMb: await app.memoryMb(), cpuMs: await app.cpuMs() };
  const desktops = await openMany(app, leaving.signal);
  const openingMs = (await app.cpuMs()) - before.cpuMs;
  const totalMb = await app.memoryMb();
  const share = await shareOfCore(app);
  const pollMs = await timePolls(app, desktops);
  leaving.abort();
  const count = desktops.length;
  const opening = openingMs / count;
  return {
    waiting: { desktops: count, seconds: windowSeconds, addedMb: totalMb - before.memoryMb, totalMb, share },
    opening: { cpuMs: opening, share: (opening * count) / (lifeSeconds * 1000) },
    polling: { cpuMs: pollMs, share: (pollMs * count) / (pollSeconds * 1000) },
  };
}

/** As many as are wanted, or as a slow machine gets open in the time there is. */
async function openMany({ url }: Contestant, signal: AbortSignal): Promise<Desktop[]> {
  const desktops: Desktop[] = [];
  const deadline = Date.now() + mostOpeningMs;
  let begun = 0;
  async function open(): Promise<void> {
    while (begun < wanted && Date.now() < deadline) {
      begun += 1;
      const desktop = await openDesktop(url);
      await desktop.listen(() => {}, signal);
      desktops.push(desktop);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, open));
  return desktops;
}

async function shareOfCore(app: Contestant): Promise<number> {
  const before = await app.cpuMs();
  await wait(windowSeconds * 1000);
  return ((await app.cpuMs()) - before) / (windowSeconds * 1000);
}

/** CPU of one poll, by those whose tickets live longest. All of them at their true pace would take more than the machine has, so the rest is multiplied. */
async function timePolls(app: Contestant, desktops: Desktop[]): Promise<number> {
  const asking = desktops.slice(-polls);
  const before = await app.cpuMs();
  for (const { poll } of asking) {
    if ((await poll()) !== "waiting") throw new Error("A desktop that should wait did not.");
  }
  return ((await app.cpuMs()) - before) / asking.length;
}
