import { type Figures } from "./goals";
import { type Found } from "./runs";
import { type Spread } from "./statistics";

type SlowPhone = { askedMs: number; readableMs: number; requests: number; kb: number; scriptKb: number };

/** The medians of opening the app inside DingTalk on a slow phone. */
export function slowPhoneFigures({ askedMs, readableMs, requests, kb, scriptKb }: SlowPhone): Figures {
  const note = `${requests} requests and ${kb.toFixed(1)} KB until the code is asked, ${scriptKb.toFixed(1)} KB of them script`;
  return { "phone.asked": { value: askedMs / 1000, note }, "phone.readable": { value: readableMs / 1000 } };
}

type Rush = {
  arrivals: number;
  refused: number;
  halfDone: number;
  lastAfterMs: number;
  waitMs: { p50: number; p95: number };
  longestQueue: number;
  mostPerSecond: number;
  /** When each one was signed in, after the first arrival. */
  signedInAtMs: number[];
};

const arrivalSeconds = 30;

/** The rush, with a plot of those who have arrived and those who are signed in. */
export function rushFigures({ arrivals, refused, halfDone, lastAfterMs, waitMs, ...rush }: Rush): Figures {
  const [p50, p95] = [waitMs.p50, waitMs.p95].map((ms) => `${(ms / 1000).toFixed(1)} s`);
  const queue = `longest queue ${rush.longestQueue}; at most ${rush.mostPerSecond} calls of an API in a second`;
  const seconds = Array.from({ length: Math.ceil(lastAfterMs / 1000) + 1 }, (_, second) => second);
  const signedInBy = (second: number) => rush.signedInAtMs.filter((atMs) => atMs <= second * 1000).length;
  const lines = {
    arrived: seconds.map((second): Point => [second, Math.min(arrivals, (arrivals * second) / arrivalSeconds)]),
    "signed in": seconds.map((second): Point => [second, signedInBy(second)]),
  };
  return {
    "rush.seconds": { value: lastAfterMs / 1000, lines, note: `waited ${p50} (p95 ${p95}); ${queue}` },
    "rush.refused": { value: refused },
    "rush.half-done": { value: halfDone },
  };
}

type Point = [number, number];

type GrowthRow = { small: Spread; large: Spread };

/** The same work in a small and in a large database, in the order in which the measure returns it. */
export function growthFigures(rows: GrowthRow[]): Figures {
  const [session, qrFirst, silentKnown, employeesFirst, employeesMiddle, sessionsMiddle] = rows.map(ratio);
  return {
    "growth.session": session,
    "growth.qr-first": qrFirst,
    "growth.silent-known": silentKnown,
    "growth.employees-first": employeesFirst,
    "growth.employees-middle": employeesMiddle,
    "growth.sessions-middle": sessionsMiddle,
  };
}

function ratio({ small, large }: GrowthRow): Found {
  return { value: large.median / small.median, parts: { large, small } };
}
