import { describe, expect, test } from "vitest";
import { interleave, summarize, summarizeWithQuantiles } from "./statistics";

const oneToHundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe("a summary", () => {
  test("has measured values only, by the nearest rank, whatever their order", () => {
    const expected = { count: 100, min: 1, p25: 25, median: 50, p75: 75, p95: 95, p99: 99, max: 100 };
    expect(summarize(oneToHundred.toReversed())).toEqual(expected);
    expect(summarize([7])).toEqual({ count: 1, min: 7, p25: 7, median: 7, p75: 7, p95: 7, p99: 7, max: 7 });
  });

  test("of nothing is an error", () => {
    expect(() => summarize([])).toThrow("Nothing was measured.");
  });

  test("keeps the distribution for a plot in steps of two percent", () => {
    const { quantiles } = summarizeWithQuantiles(oneToHundred);
    expect(quantiles?.slice(0, 3)).toEqual([1, 2, 4]);
    expect(quantiles?.at(-1)).toBe(100);
    expect(quantiles).toHaveLength(51);
  });
});

describe("interleaved subjects", () => {
  test("run once in every round, and each is first in turn", async () => {
    const order: string[] = [];
    const subject = (name: string) => async () => order.push(name);
    const limit = { rounds: 3, maxMs: 60_000 };
    const spread = await interleave(limit, { a: subject("a"), b: subject("b"), c: subject("c") });
    expect(order.join("")).toBe("abcbcacab");
    expect(spread("b").count).toBe(3);
  });

  test("run one round when there is time for none", async () => {
    const spread = await interleave({ rounds: 3, maxMs: 0 }, { a: async () => 5 });
    expect(spread("a")).toMatchObject({ count: 1, median: 5 });
  });
});
