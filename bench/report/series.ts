import { symbol, symbolCircle, symbolDiamond } from "d3-shape";
import { type DatabaseName } from "../runs";
import { element, write } from "./svg";

/** How each engine is drawn, in every plot: told apart by colour and by shape. */
export const series = {
  embedded: { label: "embedded database", colour: "one", shape: symbolCircle, dash: "" },
  postgres: { label: "PostgreSQL", colour: "two hollow", shape: symbolDiamond, dash: "dashed" },
} as const satisfies Record<DatabaseName, object>;

export const databaseNames = ["embedded", "postgres"] as const;

type Place = { x: number; y: number; opacity?: number };

/** Marks one value of an engine. */
function mark(database: DatabaseName, { x, y, opacity = 1 }: Place): string {
  const { colour, shape } = series[database];
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  return element("path", { d: symbol(shape, 70)() ?? "", transform, class: colour, opacity });
}

/** Marks one value of an engine in a row that both share: one above the other. */
export function markInRow(database: DatabaseName, { y, ...place }: Place): string {
  return mark(database, { ...place, y: database === "embedded" ? y - 4 : y + 4 });
}

export function markLegend(): string[] {
  return legend(databaseNames.map((name) => ({ label: series[name].label, sample: (x, y) => mark(name, { x, y }) })));
}

/** Names the marks, in one row below the title. */
export function legend(items: { label: string; sample: (x: number, y: number) => string }[]): string[] {
  let x = 28;
  return items.flatMap(({ label, sample }) => {
    const drawn = [sample(x, 50), write(label, { x: x + 16, y: 54, class: "muted" })];
    x += 46 + label.length * 6.6;
    return drawn;
  });
}
