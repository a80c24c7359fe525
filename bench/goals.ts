import { type Found, type Run } from "./runs";

type Unit = "ms" | "s" | "MB" | "KB" | "%" | "/s" | "ratio" | "count";
type Goal = { sign: "≤" | "<" | "≥" | "="; limit: number };

/** A figure without a goal is measured and shown only. */
export type Definition = { what: string; unit: Unit; goal?: Goal };

/** Every figure of a run and its goal, in the order of the tables. */
export const definitions = {
  "calls.qr-first": { what: "calls a first QR sign-in waits for", unit: "count", goal: exactly(4) },
  "calls.qr-known": { what: "calls a known QR sign-in waits for", unit: "count", goal: exactly(3) },
  "calls.silent-first": { what: "calls a first silent sign-in waits for", unit: "count", goal: exactly(2) },
  "calls.silent-known": { what: "calls a known silent sign-in waits for", unit: "count", goal: exactly(1) },
  "own.qr-first": { what: "own time, first QR sign-in", unit: "ms", goal: atMost(10) },
  "own.silent-first": { what: "own time, first silent sign-in", unit: "ms", goal: atMost(9) },
  "own.qr-known": { what: "own time, known QR sign-in", unit: "ms" },
  "own.silent-known": { what: "own time, known silent sign-in", unit: "ms" },
  "rest.connections": { what: "sign-in after 20 s of rest: new connections", unit: "count", goal: exactly(0) },
  "cpu.qr-first": { what: "CPU, first QR : next-auth", unit: "ratio", goal: atMost(0.95) },
  "cpu.silent-first": { what: "CPU, first silent : next-auth", unit: "ratio", goal: atMost(1.05) },
  "cpu.silent-known": { what: "CPU, known silent : next-auth", unit: "ratio", goal: atMost(1.5) },
  "cpu.qr-known": { what: "CPU, known QR : next-auth", unit: "ratio" },
  "cpu.session": { what: "CPU, session check : next-auth", unit: "ratio", goal: atMost(0.85) },
  "cpu.session-above-empty": { what: "CPU, session check above an empty route", unit: "ms", goal: atMost(2.5) },
  "cpu.profile": { what: "CPU, /profile : next-auth's page", unit: "ratio", goal: atMost(1.45) },
  "tap.p95": { what: "tap to event, p95", unit: "ms", goal: atMost(15) },
  "tap.p99": { what: "tap to event, p99", unit: "ms", goal: atMost(40) },
  "phone.asked": { what: "slow phone: code asked", unit: "s", goal: atMost(1.5) },
  "phone.readable": { what: "slow phone: profile readable", unit: "s", goal: atMost(3.9) },
  "waiting.memory": { what: "2,000 waiting desktops: memory", unit: "MB", goal: below(150) },
  "waiting.cpu": { what: "2,000 waiting desktops: share of a core", unit: "%", goal: below(3.5) },
  "waiting.renewing": { what: "2,000 waiting desktops: renewing each code in 2 minutes", unit: "%" },
  "waiting.polling": { what: "2,000 desktops that poll every 1.5 s instead", unit: "%" },
  "steady.rate": { what: "steady sign-ins on one core", unit: "/s", goal: atLeast(40) },
  "steady.p95": { what: "steady sign-ins: p95", unit: "s", goal: atMost(1.2) },
  "steady.errors": { what: "steady sign-ins: errors", unit: "count", goal: exactly(0) },
  "rush.seconds": { what: "rush of 1,000 in 30 s at 20 QPS: all in after", unit: "s", goal: atMost(60) },
  "rush.refused": { what: "rush: refused", unit: "count", goal: exactly(0) },
  "rush.half-done": { what: "rush: half done", unit: "count", goal: exactly(0) },
  "growth.session": { what: "CPU, session check: large : small database", unit: "ratio", goal: atMost(1.1) },
  "growth.qr-first": { what: "CPU, first QR: large : small database", unit: "ratio", goal: atMost(1.1) },
  "growth.silent-known": { what: "CPU, known silent: large : small database", unit: "ratio", goal: atMost(1.1) },
  "growth.employees-first": { what: "CPU, first page of employees: large : small", unit: "ratio" },
  "growth.employees-middle": { what: "CPU, middle page of employees: large : small", unit: "ratio" },
  "growth.sessions-middle": { what: "CPU, middle page of sessions: large : small", unit: "ratio" },
  "leaver.p50": { what: "from DingTalk's event to the open page, p50", unit: "ms" },
  "leaver.p99": { what: "from DingTalk's event to the open page, p99", unit: "ms", goal: atMost(1000) },
  "leaver.two-p50": { what: "the same with two processes, p50", unit: "ms" },
  "leaver.two-p99": { what: "the same with two processes, p99", unit: "ms", goal: atMost(2000) },
  "page.memory": { what: "an open page: memory of its stream", unit: "KB" },
  "page.cpu": { what: "an open page: CPU of its stream in a minute", unit: "ms" },
  "sync.rate": { what: "sync of 10,000 people: share of the allowed rate", unit: "%", goal: atLeast(95) },
  "sync.memory": { what: "sync of 10,000 people: memory after it", unit: "MB" },
  "search.p50-10k": { what: "results of a search while typing, among 10,000, p50", unit: "ms" },
  "search.p95-10k": { what: "results of a search while typing, among 10,000, p95", unit: "ms" },
  "search.p50-100k": { what: "results of a search while typing, among 100,000, p50", unit: "ms" },
  "search.p95-100k": { what: "results of a search while typing, among 100,000, p95", unit: "ms", goal: below(50) },
  "memory.server": { what: "memory of the server after 1,000 sign-ins", unit: "MB", goal: below(330) },
  "start.database": { what: "start on an existing database: database time", unit: "s", goal: below(1) },
  "weight.own": { what: "own script of a desktop's /login, gzip", unit: "KB", goal: atMost(5) },
  "weight.unwanted": { what: "packages on /login that do not belong there", unit: "count", goal: exactly(0) },
} satisfies Record<string, Definition>;

export type FigureId = keyof typeof definitions;
/** What a measure returns. */
export type Figures = Partial<Record<FigureId, Found>>;

/** `isMet` is null where there is no goal. */
export type Verdict = { id: string; what: string; goal: string; found: string; isMet: boolean | null };

/** Compares a run with the goals. Figures that were not measured are left out. */
export function judge({ figures }: Pick<Run, "figures">): Verdict[] {
  return Object.entries<Definition>(definitions).flatMap(([id, { what, unit, goal }]) => {
    const value = figures[id]?.value;
    if (value === undefined) return [];
    const goalText = goal ? `${goal.sign} ${goal.limit}${suffix(unit)}` : "";
    return { id, what, goal: goalText, found: valueText(value, unit), isMet: goal ? meets(value, goal) : null };
  });
}

/** How far a value is from its limit: 1 at the limit, less where it is better. Null without a goal or for an exact number. */
export function shareOfLimit(value: number, goal: Goal | undefined): number | null {
  if (!goal || goal.sign === "=") return null;
  return goal.sign === "≥" ? goal.limit / value : value / goal.limit;
}

function meets(value: number, { sign, limit }: Goal): boolean {
  const comparisons = { "≤": value <= limit, "<": value < limit, "≥": value >= limit, "=": value === limit };
  return comparisons[sign];
}

const digits: Record<Unit, number> = { ms: 1, s: 2, MB: 0, KB: 1, "%": 1, "/s": 1, ratio: 2, count: 0 };

function valueText(value: number, unit: Unit): string {
  return value.toFixed(digits[unit]) + suffix(unit);
}

function suffix(unit: Unit): string {
  return unit === "ratio" || unit === "count" ? "" : ` ${unit}`;
}

function atMost(limit: number): Goal {
  return { sign: "≤", limit };
}

function below(limit: number): Goal {
  return { sign: "<", limit };
}

function atLeast(limit: number): Goal {
  return { sign: "≥", limit };
}

function exactly(limit: number): Goal {
  return { sign: "=", limit };
}
