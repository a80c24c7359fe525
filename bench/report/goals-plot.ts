import { scaleLog } from "d3-scale";
import { type Definition, definitions, shareOfLimit } from "../goals";
import { type Run } from "../runs";
import { drawRows, plotRange, type Row } from "./rows";
import { markInRow, markLegend } from "./series";

const ticks = [0.125, 0.25, 0.5, 1, 2, 4, 8];

/** Every kept run, as a share of each goal's limit: a mark on the left of the line meets its goal. The newest runs are opaque. */
export function drawGoals(runs: Run[]): string {
  const scale = scaleLog([0.1, 10], plotRange).clamp(true);
  const newest = new Map(runs.map((run) => [run.database, run]));
  const opacity = (run: Run) => (newest.get(run.database) === run ? 1 : 0.35);
  const rows = Object.entries<Definition>(definitions).flatMap(([id, definition]): Row[] => {
    const shares = runs.flatMap((run) => {
      const share = shareOfGoal(run, id, definition);
      return share === null ? [] : [{ run, share }];
    });
    const marks = (y: number) =>
      shares.map(({ run, share }) => markInRow(run.database, { x: scale(share), y, opacity: opacity(run) }));
    return shares.length > 0 ? [{ label: definition.what, marks }] : [];
  });
  return drawRows({
    title: "How far each measure is from its goal",
    description: `Each measure of ${runs.length} runs as a share of the limit of its goal, on a logarithmic scale. Left of 1 the goal is met.`,
    legend: markLegend(),
    rows,
    scale,
    ticks,
    tickText: (value) => `${value} ×`,
    limit: 1,
  });
}

function shareOfGoal({ figures }: Run, id: string, { goal }: Definition): number | null {
  const value = figures[id]?.value;
  return value === undefined ? null : shareOfLimit(value, goal);
}
