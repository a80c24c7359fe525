import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type SandboxClient } from "../sandbox/control-client";
import { waitUntilIdle } from "./company";
import { type Desktop, openDesktop } from "./desktop";
import { createPhone, type Phone } from "./phone";
import { startOurs, type Target, type TargetOptions } from "./targets";

/** `share` is the CPU share of one core that this number of desktops uses in the server process. */
export type Tickets = {
  tap: { count: number; p50: number; p99: number };
  waiting: { desktops: number; seconds: number; addedMb: number; totalMb: number; share: number };
  /** Opening a ticket and its stream, once per desktop and ticket lifetime. */
  opening: { cpuMs: number; share: number };
  polling: { cpuMs: number; share: number };
};

type Setup = { sandbox: SandboxClient; options: TargetOptions };

/** One machine stands for a whole office, so the rate limit per address is lifted. */
const settings = { TICKETS_PER_MINUTE: "1000000" };

const wantedDesktops = 2000;
const concurrency = 8;
const ticketSeconds = 120;
/** A ticket expires after two minutes, and the measurement has to end before the first ticket does. */
const maxOpeningMs = 70_000;
/** Each stream sends one keep-alive within this time. */
const windowSeconds = 30;
const polls = 400;
const pollSeconds = 1.5;
const taps = 100;
/** Not counted: a server that has just started interprets code that it later compiles. */
const warmUps = 40;
const maxTapsMs = 60_000;
/** An employee may decide ten times a minute. */
const tapsPerEmployee = 8;

export async function measureTickets({ sandbox, options }: Setup): Promise<Tickets> {
  await sandbox.settings({ latencyMs: 0 });
  const app = await startOurs(options, settings);
  const tap = await measureTaps(sandbox, app);
  await waitUntilIdle(sandbox);
  const waiting = await measureWaiting(app);
  await app.stop();
  return { tap, ...waiting };
}

/** Measures the time from the phone's tap to the desktop's event, on an otherwise idle server. */
async function measureTaps(sandbox: SandboxClient, app: Target): Promise<Tickets["tap"]> {
  const times: number[] = [];
  const deadline = Date.now() + maxTapsMs;
  while (times.length < warmUps + taps && Date.now() < deadline) {
    const phone = await createPhone(sandbox, app);
    await waitUntilIdle(sandbox);
    for (let turn = 0; turn < tapsPerEmployee; turn += 1) times.push(await timeTap(app, phone));
  }
  const sorted = times.slice(warmUps).toSorted((a, b) => a - b);
  const at = (share: number) => sorted.at(Math.ceil(share * sorted.length) - 1) ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99) };
}

async function timeTap({ url }: Target, phone: Phone): Promise<number> {
  const desktop = await openDesktop(url);
  const closing = new AbortController();
  let resolveApproved = () => {};
  const approved = new Promise<void>((resolve) => {
    resolveApproved = resolve;
  });
  await desktop.listen((state) => state === "approved" && resolveApproved(), closing.signal);
  const { tap } = await phone.scan(desktop);
  const tappedAt = performance.now();
  const approvedAt = approved.then(() => performance.now());
  await Promise.all([approvedAt, tap()]);
  closing.abort();
  return (await approvedAt) - tappedAt;
}

async function measureWaiting(app: Target): Promise<Omit<Tickets, "tap">> {
  const closing = new AbortController();
  // Every waiting desktop of this process listens to the same signal.
  setMaxListeners(0, closing.signal);
  const before = { memoryMb: await app.memoryMb(), cpuMs: await app.cpuMs() };
  const desktops = await openMany(app, closing.signal);
  const openingMs = (await app.cpuMs()) - before.cpuMs;
  const totalMb = await app.memoryMb();
  const share = await measureCpuShare(app);
  const pollMs = await timePolls(app, desktops);
  closing.abort();
  const count = desktops.length;
  const opening = openingMs / count;
  return {
    waiting: { desktops: count, seconds: windowSeconds, addedMb: totalMb - before.memoryMb, totalMb, share },
    opening: { cpuMs: opening, share: (opening * count) / (ticketSeconds * 1000) },
    polling: { cpuMs: pollMs, share: (pollMs * count) / (pollSeconds * 1000) },
  };
}

/** Opens all desktops, or on a slow machine as many as possible within the time limit. */
async function openMany({ url }: Target, signal: AbortSignal): Promise<Desktop[]> {
  const desktops: Desktop[] = [];
  const deadline = Date.now() + maxOpeningMs;
  let started = 0;
  async function open(): Promise<void> {
    while (started < wantedDesktops && Date.now() < deadline) {
      started += 1;
      const desktop = await openDesktop(url);
      await desktop.listen(() => {}, signal);
      desktops.push(desktop);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, open));
  return desktops;
}

async function measureCpuShare(app: Target): Promise<number> {
  const before = await app.cpuMs();
  await wait(windowSeconds * 1000);
  return ((await app.cpuMs()) - before) / (windowSeconds * 1000);
}

/** Measures the CPU time of one poll with the newest tickets. All desktops at their real rate would exceed the machine. */
async function timePolls(app: Target, desktops: Desktop[]): Promise<number> {
  const pollers = desktops.slice(-polls);
  const before = await app.cpuMs();
  for (const { poll } of pollers) {
    if ((await poll()) !== "waiting") throw new Error("A desktop's ticket is no longer waiting.");
  }
  return ((await app.cpuMs()) - before) / pollers.length;
}
