import { type Definition, definitions, judge } from "../goals";
import { spreadText } from "../print";
import { type Run } from "../runs";
import { series } from "./series";

/** When, where and of what the runs are, and what they could not measure. */
export function describeRuns(runs: Run[]): string {
  const lines = runs.map(({ database, at, commit, machine, seconds, note, failed }) => {
    const where = `${machine.cores} cores, Node ${machine.node}, ${machine.platform}`;
    const missing = Object.entries(failed).map(([name, reason]) => ` Not measured: ${name} (${reason})`);
    const text = note ?? `${where}; commit ${commit ?? "unknown"}; ${Math.round(seconds / 60)} minutes.`;
    return `- ${timeOf(at)}, ${series[database].label}: ${text}${missing.join("")}`;
  });
  return lines.join("\n");
}

/** Every figure of the given runs against its goal, one column for each run. */
export function figuresTable(runs: Run[], headOf: (run: Run) => string): string {
  const verdicts = runs.map((run) => new Map(judge(run).map((verdict) => [verdict.id, verdict])));
  const rows = Object.entries<Definition>(definitions).flatMap(([id, { what }]) => {
    const found = verdicts.map((ofRun) => ofRun.get(id));
    const goal = found.find((verdict) => verdict)?.goal;
    if (goal === undefined) return [];
    return [[what, goal, ...found.map((verdict) => (verdict ? cell(verdict) : ""))]];
  });
  return table(["Measure", "Goal", ...runs.map(headOf)], rows);
}

/** What the figures of the given runs were made of. */
export function partsTable(runs: Run[]): string {
  const rows = Object.entries<Definition>(definitions).flatMap(([id, { what }]) =>
    runs.flatMap(({ database, figures }) => {
      const { parts = {}, note } = figures[id] ?? {};
      const texts = Object.entries(parts).map(([whose, spread]) => `${whose} ${spreadText(spread)}`);
      const text = [...texts, ...(note ? [note] : [])].join("; ");
      return text ? [[what, series[database].label, text]] : [];
    }),
  );
  return table(["Measure", "Database", "Found"], rows);
}

export function timeOf(at: string): string {
  return at.slice(0, 16).replace("T", " ");
}

function cell({ found, isMet }: { found: string; isMet: boolean | null }): string {
  return isMet === false ? `**${found}, missed**` : found;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
