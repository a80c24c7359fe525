import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Lines } from "./lines";
import { StackedBars } from "./stacked-bars";

const series = [
  { name: "one", look: "fill-one" },
  { name: "other", look: "fill-other" },
] as const;

type Counts = { one: number; other: number };

function drawBars(counts: Counts[]): string {
  const bars = counts.map((values, index) => ({ label: `11/${index + 1}`, values }));
  return renderToStaticMarkup(<StackedBars bars={bars} series={series} finding="The finding." formatNumber={String} />);
}

/** The numbers of an attribute, of each rectangle in the order of drawing. */
const numbersOf = (markup: string, attribute: string) =>
  [...markup.matchAll(new RegExp(`<rect[^>]* ${attribute}="([\\d.]+)%?"`, "g"))].map(([, value]) => Number(value));

test("a bar is as high as its number, from the line of zero, and its parts stand on each other", () => {
  const markup = drawBars([
    { one: 100, other: 100 },
    { one: 200, other: 0 },
  ]);
  const [ones, others] = [numbersOf(markup, "y").slice(0, 2), numbersOf(markup, "y").slice(2)];
  const zero = 250;
  expect(zero - (ones[1] ?? 0)).toBeCloseTo(2 * (zero - (ones[0] ?? 0)));
  expect(others[0]).toBeCloseTo(ones[1] ?? 0);
});

test("a single sign-in is seen beside thousands, and none is not", () => {
  const heights = numbersOf(
    drawBars([
      { one: 4000, other: 1 },
      { one: 1, other: 0 },
    ]),
    "height",
  );
  expect(heights).toHaveLength(4);
  expect(heights.slice(1)).toEqual([1, 1, 0]);
});

test.each([7, 14, 30])(
  "%d bars fill the width without overlapping, and the last has its label on any screen",
  (count) => {
    const markup = drawBars(Array.from({ length: count }, () => ({ one: 1, other: 0 })));
    const [left, width] = [numbersOf(markup, "x").slice(0, count), numbersOf(markup, "width")[0] ?? 0];
    const ends = left.map((begin) => begin + width);
    expect(left.slice(1).every((begin, index) => begin > (ends[index] ?? 0))).toBe(true);
    expect(left[0]).toBeGreaterThanOrEqual(0);
    expect(ends.at(-1)).toBeLessThanOrEqual(100);
    const labels = [...markup.matchAll(/<text[^>]*class="([^"]*)"[^>]*>11\/\d+</g)].map(([, look]) => look ?? "");
    expect(labels).toHaveLength(count);
    expect(labels.at(-1)).not.toContain("hidden");
  },
);

test("days without any sign-in are drawn without a number that is none", () => {
  expect(drawBars([{ one: 0, other: 0 }])).not.toContain("NaN");
});

function drawLine(values: (number | null)[], dots?: number[]): string {
  const props = { lines: [{ values, look: "stroke-line" }], ...(dots && { dots }) };
  return renderToStaticMarkup(<Lines {...props} finding="The finding." height={96} />);
}

const pathOf = (markup: string) => /<path d="([^"]*)"/.exec(markup)?.[1] ?? "";

test("a line begins at the left, ends at the right, and is interrupted where there is no value", () => {
  const path = pathOf(drawLine([5, 5, null, 5, 5]));
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path.startsWith("M0,")).toBe(true);
  expect(path).toMatch(/100,[\d.]+$/);
});

test("an hour between two without a value is a stroke of its own", () => {
  const path = pathOf(drawLine([null, null, 5, null, null]));
  const [, from, to] = /M([\d.]+),[\d.]+H([\d.]+)$/.exec(path) ?? [];
  expect([Number(from), Number(to)]).toEqual([40, 60]);
  expect(pathOf(drawLine([5, 5, 5]))).not.toContain("H");
});

test("failures are dots at their hours, the more the larger", () => {
  const dots = [...drawLine([1, 1, 1], [0, 1, 4]).matchAll(/cx="([\d.]+)%" cy="8" r="([\d.]+)"/g)];
  expect(dots.map(([, place, radius]) => [Number(place), Number(radius)])).toEqual([
    [50, 3.5],
    [100, 5],
  ]);
});

test("a picture is one image with its finding, and the rest is hidden from a screen reader", () => {
  for (const markup of [drawBars([{ one: 1, other: 2 }]), drawLine([1, 2])]) {
    expect(markup).toMatch(/^<figure role="img" aria-label="The finding\."/);
    expect(markup.match(/<svg/g)?.length).toBe(markup.match(/<svg aria-hidden="true"/g)?.length);
  }
});
