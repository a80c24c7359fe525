import { scaleLinear } from "d3-scale";
import { curveLinear, curveStepAfter, line } from "d3-shape";
import { type Drawing, draw, element, lineBetween, write } from "./svg";

export type Point = [number, number];

/** One panel with its own axes. `colour` and `dash` are classes. */
export type Panel = {
  heading: string;
  xText: string;
  curves: { colour: string; dash: string; points: Point[] }[];
  xMax: number;
  yMax: number;
  yText: (value: number) => string;
  /** A curve meets the goal when it passes above this point. */
  limit?: { x: number; y: number; text: string };
  isStepped?: boolean;
};

const width = 860;
const height = 400;
const [top, bottom] = [104, height - 56];

/** Draws curves over linear scales, in panels beside each other. */
export function drawCurves(texts: Omit<Drawing, "width" | "height">, legend: string[], panels: Panel[]): string {
  const panelWidth = (width - 40) / panels.length;
  const drawn = panels.flatMap((panel, index) => drawPanel(panel, 20 + index * panelWidth, panelWidth));
  return draw({ ...texts, width, height }, [...legend, ...drawn]);
}

function drawPanel(panel: Panel, left: number, panelWidth: number): string[] {
  const x = scaleLinear([0, panel.xMax], [left + 48, left + panelWidth - 24]);
  const y = scaleLinear([0, panel.yMax], [bottom, top]);
  const [from, to] = x.range();
  const rows = y
    .ticks(5)
    .flatMap((tick) => [
      lineBetween([from ?? 0, y(tick)], [to ?? 0, y(tick)], "grid"),
      write(panel.yText(tick), { x: (from ?? 0) - 8, y: y(tick) + 4, class: "muted end" }),
    ]);
  const columns = x.ticks(5).map((tick) => write(String(tick), { x: x(tick), y: bottom + 20, class: "muted middle" }));
  const path = line<Point>(
    (point) => x(point[0]),
    (point) => y(point[1]),
  ).curve(panel.isStepped ? curveStepAfter : curveLinear);
  const curves = panel.curves.map(({ colour, dash, points }) =>
    element("path", { d: path.digits(1)(points) ?? "", class: `${colour} stroke ${dash}` }),
  );
  const limits = panel.limit ? drawLimit(panel.limit, x, y) : [];
  const names = [
    write(panel.heading, { x: from ?? 0, y: top - 18, class: "strong" }),
    write(panel.xText, { x: ((from ?? 0) + (to ?? 0)) / 2, y: bottom + 42, class: "muted middle" }),
  ];
  return [...rows, ...columns, ...limits, ...curves, ...names];
}

type Place = (value: number) => number;

function drawLimit(limit: { x: number; y: number; text: string }, x: Place, y: Place): string[] {
  const corner: [number, number] = [x(limit.x), y(limit.y)];
  return [
    lineBetween(corner, [x(limit.x), bottom], "goal"),
    lineBetween([x(0), y(limit.y)], corner, "goal dashed"),
    write(limit.text, { x: x(limit.x) + 8, y: bottom - 10, class: "muted" }),
  ];
}
