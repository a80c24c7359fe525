import { scaleLinear } from "d3-scale";
import { type FigureId } from "../goals";
import { type Run } from "../runs";
import { type Spread } from "../statistics";
import { drawRows, plotRange, type Row } from "./rows";
import { legend } from "./series";
import { lineBetween } from "./svg";

const signIns = [
  ["own.qr-first", "first QR sign-in"],
  ["own.qr-known", "known QR sign-in"],
  ["own.silent-first", "first silent sign-in"],
  ["own.silent-known", "known silent sign-in"],
] as const satisfies [FigureId, string][];

/** The time of each sign-in from DingTalk's code to the session, with its spread, beside the calls alone and the next-auth app. */
export function drawOwnTime(runs: Run[]): string {
  const parts = runs.flatMap(({ figures }) => signIns.flatMap(([id]) => Object.values(figures[id]?.parts ?? {})));
  // One slow outlier would leave no room for the rest, so the scale ends a little above the 95th percentile.
  const scale = scaleLinear([0, Math.max(1, ...parts.map(({ p95 }) => p95)) * 1.1], plotRange).clamp(true);
  const rows = signIns.flatMap(([id, label]): Row[] => [{ label, isHeading: true }, ...rowsOf(runs, id, scale)]);
  return drawRows({
    title: "From DingTalk's code to the session, 30 ms a call",
    description:
      "Milliseconds of each sign-in: median, middle half, minimum and maximum, beside the bare calls and a next-auth app.",
    legend: legend([
      { label: "median", sample: (x, y) => lineBetween([x, y - 8], [x, y + 8], "one stroke") },
      { label: "middle half", sample: (x, y) => lineBetween([x - 8, y], [x + 8, y], "one thick") },
      { label: "all", sample: (x, y) => lineBetween([x - 8, y], [x + 8, y], "one") },
    ]),
    rows,
    scale,
    ticks: scale.ticks(6),
    tickText: (value) => `${value} ms`,
  });
}

function rowsOf(runs: Run[], id: FigureId, scale: (value: number) => number): Row[] {
  const whose = (part: string, database: Run["database"]) =>
    runs.find((run) => run.database === database)?.figures[id]?.parts?.[part];
  const row = (label: string, colour: string, spread: Spread | undefined): Row[] =>
    spread ? [{ label, marks: (y) => drawSpread(spread, colour, { scale, y }) }] : [];
  return [
    ...row("ours, embedded database", "one", whose("ours", "embedded")),
    ...row("ours, PostgreSQL", "two", whose("ours", "postgres")),
    ...row("the calls alone", "three", whose("bare calls", "embedded")),
    ...row("minimal next-auth app", "three", whose("next-auth", "embedded")),
  ];
}

type Place = { scale: (value: number) => number; y: number };

function drawSpread({ min, p25, median, p75, max }: Spread, colour: string, { scale, y }: Place): string[] {
  return [
    lineBetween([scale(min), y], [scale(max), y], colour),
    lineBetween([scale(p25), y], [scale(p75), y], `${colour} thick`),
    lineBetween([scale(median), y - 8], [scale(median), y + 8], `${colour} stroke`),
  ];
}
