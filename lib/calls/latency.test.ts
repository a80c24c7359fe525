import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addSpans, percentile, spanCount, spanOf } from "./latency";

function spansOf(durations: number[]): number[] {
  const spans = Array.from({ length: spanCount }, () => 0);
  for (const ms of durations) spans[spanOf(ms)] = (spans[spanOf(ms)] ?? 0) + 1;
  return spans;
}

describe("a percentile from spans", () => {
  test("is never shorter than the true one, and at most a fifth longer", () => {
    const durations = fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 200 });
    const parts = fc.constantFrom(0.5, 0.95, 0.99);
    fc.assert(
      fc.property(durations, parts, (given, part) => {
        const sorted = given.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(given.length * part) - 1] ?? 0;
        const found = percentile(spansOf(given), part) ?? 0;
        expect(found).toBeGreaterThanOrEqual(Math.floor(exact));
        expect(found).toBeLessThanOrEqual(exact * 1.19 + 1);
      }),
    );
  });

  test("is unknown without calls", () => {
    expect(percentile([], 0.5)).toBeNull();
    expect(percentile(spansOf([]), 0.95)).toBeNull();
  });

  test("of two processes is that of their calls together", () => {
    const [one, other] = [spansOf([10, 10, 10]), spansOf([1000])];
    expect(percentile(addSpans(one, other), 0.5)).toBe(percentile(spansOf([10, 10, 10, 1000]), 0.5));
  });
});

test.each([
  [0, 0],
  [1, 0],
  [2, 4],
  [1000, 40],
  [10_000_000, spanCount - 1],
])("%d ms is in span %d", (ms, span) => {
  expect(spanOf(ms)).toBe(span);
});
