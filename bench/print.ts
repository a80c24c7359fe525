import { type Calls } from "./calls";
import { checkGoals, type Results } from "./goals";
import { type Spread } from "./statistics";

/** Prints one table per measurement, with ratios before times, and the goals last. */
export function print(results: Results): void {
  const { cores, node, platform } = results.machine;
  console.log(`\n${cores} cores, Node ${node}, ${platform}. Spreads: median (min … max; how many).`);
  printCalls(results);
  printLatency(results);
  printCpu(results);
  printWeight(results);
  printTickets(results);
  table(
    "Goals",
    ["", "found", ""],
    checkGoals(results).map(({ what, found, isMet }) => [what, found, isMet ? "goal met" : "goal MISSED"]),
  );
}

function printCalls({ calls }: Results): void {
  table(
    "DingTalk calls per sign-in: before the response (+ after it)",
    ["", "ours, warm corp token", "ours, cold", "baseline"],
    calls.map(({ method, who, warm, cold, baseline }) => [
      `${method}, ${who}`,
      callsText(warm),
      callsText(cold),
      callsText(baseline),
    ]),
  );
}

function printLatency({ latency: { callMs, bareCall, rows } }: Results): void {
  const ratio = (spread: Spread, calls: number, unit: number) => (spread.median / (calls * unit)).toFixed(3);
  table(
    `From DingTalk's code to the session, relative to the unavoidable calls of ${callMs} ms each`,
    ["", "ours", "baseline", "ours over bare calls", "ours, ms", "baseline, ms"],
    rows.map(({ method, who, calls, ours, baseline }) => [
      `${method}, ${who}: ${calls} x ${callMs} ms`,
      ratio(ours, calls, callMs),
      ratio(baseline, calls, callMs),
      ratio(ours, calls, bareCall.median),
      spreadText(ours),
      spreadText(baseline),
    ]),
  );
  console.log(`One bare call: ${spreadText(bareCall)} ms.`);
}

function printCpu({ cpu }: Results): void {
  table(
    "CPU ms of the server process (user + system), including work after the response",
    ["", "ours : baseline", "ours", "baseline"],
    cpu.map(({ what, ours, baseline }) => [
      what,
      (ours.median / baseline.median).toFixed(2),
      spreadText(ours),
      spreadText(baseline),
    ]),
  );
}

function printWeight({ weight: { login, empty, own } }: Results): void {
  table(
    "Script that /login loads on a desktop, gzip",
    ["our /login", "empty page", "our own part"],
    [[login, empty, own].map((bytes) => `${(bytes / 1024).toFixed(1)} KB`)],
  );
}

function printTickets({ tickets: { tap, waiting, opening, polling } }: Results): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  table(
    `The app's own QR: ${waiting.desktops} waiting desktops, in shares of one core of the server process`,
    ["", "CPU", "source"],
    [
      ["event streams", percent(waiting.share), `measured over ${waiting.seconds} s`],
      ["renewing each code every 2 minutes", percent(opening.share), `from ${opening.cpuMs.toFixed(1)} ms per ticket`],
      ["a poll every 1.5 s instead", percent(polling.share), `projected from ${polling.cpuMs.toFixed(2)} ms per poll`],
    ],
  );
  const perDesktopKb = ((waiting.addedMb / waiting.desktops) * 1024).toFixed(0);
  console.log(
    `Memory: ${waiting.addedMb.toFixed(0)} MB more, ${perDesktopKb} KB per desktop; ${waiting.totalMb.toFixed(0)} MB in total.`,
  );
  console.log(
    `From the tap to the desktop's event: p50 ${tap.p50.toFixed(1)} ms, p99 ${tap.p99.toFixed(1)} ms (${tap.count}).`,
  );
}

function callsText({ waited, after }: Calls): string {
  return after > 0 ? `${waited} (+${after})` : String(waited);
}

function spreadText({ count, min, median, max }: Spread): string {
  return `${median.toFixed(1)} (${min.toFixed(1)} … ${max.toFixed(1)}; ${count})`;
}

function table(title: string, head: string[], rows: string[][]): void {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ")}`.trimEnd();
  console.log(`\n${title}`);
  for (const row of [head, ...rows]) console.log(line(row));
}
