import { type FigureId } from "../goals";
import { type Run } from "../runs";
import { drawCurves, type Panel, type Point } from "./curves";
import { databaseNames, legend, series } from "./series";
import { lineBetween } from "./svg";

/** How many sign-ins and taps are done within which time. */
export function drawLatencies(runs: Run[]): string {
  const percent = (value: number) => `${value} %`;
  const panel = (id: FigureId, rest: Pick<Panel, "heading" | "xText" | "limit">): Panel => {
    const curves = runs.flatMap((run) => ({ ...styleOf(run), points: distribution(run, id) }));
    return { ...rest, curves, xMax: xMaxOf(curves, rest.limit?.x ?? 1), yMax: 100, yText: percent };
  };
  return drawCurves(
    {
      title: "Within which time how many are done",
      description: "Distributions of two latencies for both database engines.",
    },
    curveLegend(),
    [
      panel("tap.p95", {
        heading: "From the tap to the desktop's event",
        xText: "ms",
        limit: { x: 15, y: 95, text: "goal: 95 % in 15 ms" },
      }),
      panel("steady.p95", {
        heading: "Steady sign-ins on one core",
        xText: "s",
        limit: { x: 1.2, y: 95, text: "goal: 95 % in 1.2 s" },
      }),
    ],
  );
}

/** The morning rush: how many have arrived and how many are signed in, second by second. */
export function drawRush(runs: Run[]): string {
  const lines = runs.map((run) => ({ run, lines: run.figures["rush.seconds"]?.lines ?? {} }));
  const arrived = { colour: "three", dash: "", points: lines[0]?.lines.arrived ?? [] };
  const curves = [arrived, ...lines.map(({ run, lines }) => ({ ...styleOf(run), points: lines["signed in"] ?? [] }))];
  const panel = { heading: "People", xText: "s after the first arrival", xMax: xMaxOf(curves, 60), yMax: 1000 };
  return drawCurves(
    {
      title: "A rush of 1,000 people in 30 s at 20 calls a second",
      description: "People who have arrived and people who are signed in, by seconds, for both database engines.",
    },
    [...curveLegend([{ label: "arrived", colour: "three", dash: "" }])],
    [
      {
        ...panel,
        curves,
        yText: (value) => value.toLocaleString("en"),
        limit: { x: 60, y: 1000, text: "goal: all in 60 s" },
        isStepped: true,
      },
    ],
  );
}

/** Without its slowest two percent, which would leave no room for the rest. */
function distribution({ figures }: Run, id: FigureId): Point[] {
  const quantiles = figures[id]?.parts?.ours?.quantiles ?? [];
  return quantiles.slice(0, -1).map((value, index) => [value, index * 2]);
}

function xMaxOf(curves: { points: Point[] }[], atLeast: number): number {
  return Math.max(atLeast * 1.25, ...curves.flatMap(({ points }) => points.map(([x]) => x * 1.05)));
}

function styleOf({ database }: Run) {
  const { dash } = series[database];
  return { colour: database === "embedded" ? "one" : "two", dash };
}

type Sample = { label: string; colour: string; dash: string };

function curveLegend(more: Sample[] = []): string[] {
  const engines = databaseNames.map((database) => {
    const { label, dash } = series[database];
    return { label, colour: database === "embedded" ? "one" : "two", dash };
  });
  return legend(
    [...engines, ...more].map(({ label, colour, dash }) => ({
      label,
      sample: (x, y) => lineBetween([x - 10, y], [x + 10, y], `${colour} stroke ${dash}`),
    })),
  );
}
