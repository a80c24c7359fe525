import { judge } from "./goals";
import { type Run } from "./runs";
import { type Spread } from "./statistics";

/** Prints a run: every figure with its goal, then what each was made of, then what could not be measured. */
export function print({ database, machine: { cores, node, platform }, ...run }: Run): void {
  console.log(`\n${database}, ${cores} cores, Node ${node}, ${platform}, ${run.seconds} s.`);
  if (run.note) console.log(run.note);
  const verdicts = judge(run);
  table([
    ["", "goal", "found", ""],
    ...verdicts.map((verdict) => [verdict.what, verdict.goal, verdict.found, word(verdict)]),
  ]);
  console.log("\nSpreads: median (min … max; how many)");
  for (const { id, what } of verdicts) {
    const { parts = {}, note } = run.figures[id] ?? {};
    const texts = Object.entries(parts).map(([whose, spread]) => `${whose} ${spreadText(spread)}`);
    if (note) texts.push(note);
    if (texts.length > 0) console.log(`  ${what}: ${texts.join("; ")}`);
  }
  for (const [name, reason] of Object.entries(run.failed)) console.log(`NOT MEASURED, ${name}: ${reason}`);
}

function word({ isMet }: { isMet: boolean | null }): string {
  if (isMet === null) return "";
  return isMet ? "met" : "MISSED";
}

export function spreadText({ count, min, median, max }: Spread): string {
  const [shown, from, to] = [median, min, max].map((value) => value.toFixed(Math.abs(median) < 3 ? 2 : 1));
  return `${shown} (${from} … ${to}; ${count})`;
}

function table(rows: string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows)
    console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ")}`.trimEnd());
}
