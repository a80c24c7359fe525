import { scaleLinear } from "d3-scale";
import { type Definition, definitions } from "../goals";
import { type Run } from "../runs";
import { drawRows, plotRange, type Row } from "./rows";
import { markInRow, markLegend } from "./series";
import { lineBetween } from "./svg";

/** The CPU time of each work over that of the minimal next-auth app, with a red line at each goal. */
export function drawCpu(runs: Run[]): string {
  const ratios = Object.entries<Definition>(definitions).filter(
    ([id, { unit }]) => id.startsWith("cpu.") && unit === "ratio",
  );
  const values = runs.flatMap(({ figures }) => ratios.flatMap(([id]) => figures[id]?.value ?? []));
  const scale = scaleLinear([0, Math.max(1.6, ...values) * 1.08], plotRange);
  const rows = ratios.map(([id, { what, goal }]): Row => {
    const marks = (y: number) => [
      ...(goal ? [lineBetween([scale(goal.limit), y - 10], [scale(goal.limit), y + 10], "goal")] : []),
      ...runs.flatMap(({ database, figures }) => {
        const value = figures[id]?.value;
        return value === undefined ? [] : [markInRow(database, { x: scale(value), y })];
      }),
    ];
    return { label: what, marks };
  });
  return drawRows({
    title: "CPU of the server process, over that of the minimal next-auth app",
    description: "Ratios of the CPU time of one unit of work, for both database engines, with the goal of each.",
    legend: markLegend(),
    rows,
    scale,
    ticks: scale.ticks(6),
    tickText: (value) => value.toFixed(1),
  });
}
