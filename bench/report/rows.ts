import { type Drawing, draw, lineBetween, write } from "./svg";

/** A scale of d3: from a value to its place, with ticks. */
type Scale = { (value: number): number; ticks: (count?: number) => number[] };

/** `marks` draws what belongs to the row at its height. A heading has no marks. */
export type Row = { label: string; marks?: (y: number) => string[]; isHeading?: boolean };

export type RowsPlot = Omit<Drawing, "width" | "height"> & {
  legend: string[];
  rows: Row[];
  scale: Scale;
  ticks: number[];
  tickText: (value: number) => string;
  /** A value that every row must not exceed. */
  limit?: number;
};

const plotWidth = 860;
/** The left and the right end of the scale. */
export const plotRange: [number, number] = [350, plotWidth - 40];

const rowHeight = 24;
const top = 92;

/** Draws rows with their names on the left over one horizontal scale. */
export function drawRows({ legend, rows, scale, ticks, tickText, limit, ...texts }: RowsPlot): string {
  const bottom = top + rows.length * rowHeight;
  const axis = ticks.flatMap((tick) => [
    lineBetween([scale(tick), top - 12], [scale(tick), bottom], "grid"),
    write(tickText(tick), { x: scale(tick), y: bottom + 18, class: "muted middle" }),
  ]);
  const drawnRows = rows.flatMap(({ label, marks, isHeading }, index) => {
    const y = top + index * rowHeight + rowHeight / 2 - 4;
    const name = isHeading
      ? write(label, { x: 20, y: y + 4, class: "strong" })
      : write(label, { x: plotRange[0] - 16, y: y + 4, class: "end" });
    return [name, ...(marks?.(y) ?? [])];
  });
  const limits = limit === undefined ? [] : drawLimit(scale(limit), bottom);
  const size = { width: plotWidth, height: bottom + 34 };
  return draw({ ...texts, ...size }, [...legend, ...axis, ...limits, ...drawnRows]);
}

function drawLimit(x: number, bottom: number): string[] {
  return [
    lineBetween([x, top - 12], [x, bottom], "goal"),
    write("goal met", { x: x - 8, y: top - 16, class: "muted end" }),
    write("missed", { x: x + 8, y: top - 16, class: "muted" }),
  ];
}
