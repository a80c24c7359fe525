import { type Run } from "../runs";
import { drawCpu } from "./cpu-plot";
import { drawLatencies, drawRush } from "./curve-plots";
import { drawGoals } from "./goals-plot";
import { drawOwnTime } from "./own-time-plot";
import { databaseNames, series } from "./series";
import { describeRuns, figuresTable, partsTable, timeOf } from "./tables";

const noRun = "No run is kept yet.";

/** The plots of all kept runs by file name. Those of one run show the newest of each engine. */
export function drawPlots(runs: Run[]): Record<string, string> {
  const newest = newestOf(runs);
  return {
    "bench-goals.svg": drawGoals(runs),
    "bench-own-time.svg": drawOwnTime(newest),
    "bench-cpu.svg": drawCpu(newest),
    "bench-latency.svg": drawLatencies(newest),
    "bench-rush.svg": drawRush(newest),
  };
}

/** Replaces what stands between the markers of each generated part of the document. Throws when a marker is missing. */
export function fillDocument(text: string, runs: Run[]): string {
  const newest = newestOf(runs);
  const parts = {
    goals: listRuns(newest, ({ database }) => series[database].label),
    parts: newest.length > 0 ? partsTable(newest) : noRun,
    runs: databaseNames.map((name) => allRunsOf(runs, name)).join("\n\n"),
  };
  return Object.entries(parts).reduce((filled, [name, content]) => replacePart(filled, name, content), text);
}

function replacePart(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The document has no part between ${start} and ${end}.`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

function allRunsOf(runs: Run[], database: Run["database"]): string {
  const ofEngine = runs.filter((run) => run.database === database);
  return `### ${series[database].label}\n\n${listRuns(ofEngine, ({ at }) => timeOf(at))}`;
}

function listRuns(runs: Run[], headOf: (run: Run) => string): string {
  if (runs.length === 0) return noRun;
  return `${describeRuns(runs)}\n\n${figuresTable(runs.filter(isMeasured), headOf)}`;
}

function newestOf(runs: Run[]): Run[] {
  const measured = runs.filter(isMeasured);
  return databaseNames.flatMap((name) => measured.findLast(({ database }) => database === name) ?? []);
}

/** A run that found no PostgreSQL has nothing to show. */
function isMeasured({ note }: Run): boolean {
  return note === undefined;
}
