import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Run } from "../runs";
import { summarizeWithQuantiles } from "../statistics";
import { drawPlots, fillDocument } from "./document";

const document = readFileSync("docs/benchmark.md", "utf8");

function buildRun(given: Partial<Run> = {}): Run {
  const ours = summarizeWithQuantiles([9, 11, 12]);
  return {
    at: "2026-11-26T07:00:00.000Z",
    commit: "abc1234",
    database: "embedded",
    machine: { cores: 2, node: "20.9.0", platform: "linux" },
    seconds: 600,
    figures: {
      "own.qr-first": { value: 9.5, parts: { ours, "bare calls": ours, "next-auth": ours } },
      "cpu.session": { value: 0.91 },
      "tap.p95": { value: 12, parts: { ours } },
      "rush.seconds": { value: 50, lines: { arrived: [[0, 0]], "signed in": [[0, 0]] }, note: "a | b" },
    },
    failed: {},
    ...given,
  };
}

const postgres = buildRun({
  database: "postgres",
  at: "2026-11-26T08:00:00.000Z",
  figures: { "cpu.session": { value: 0.8 } },
});

describe("the document", () => {
  test("shows the newest run of each engine, and marks what is missed", () => {
    const text = fillDocument(document, [buildRun({ figures: { "cpu.session": { value: 2 } } }), buildRun(), postgres]);
    expect(text).toContain("| own time, first QR sign-in | ≤ 10 ms | 9.5 ms |  |");
    expect(text).toContain("| CPU, session check : next-auth | ≤ 0.85 | **0.91, missed** | 0.80 |");
    expect(text).toContain("| CPU, session check : next-auth | ≤ 0.85 | **2.00, missed** | **0.91, missed** |");
    expect(text).toContain("ours 11.0 (9.0 … 12.0; 3); bare calls 11.0");
  });

  test("says what could not be measured, and that there was no PostgreSQL", () => {
    const failed = buildRun({ failed: { phone: "no browser" } });
    const none = buildRun({ database: "postgres", figures: {}, note: "There is no PostgreSQL on this machine." });
    const text = fillDocument(document, [failed, none]);
    expect(text).toContain("Not measured: phone (no browser)");
    expect(text).toContain("PostgreSQL: There is no PostgreSQL on this machine.");
  });

  test("is filled the same way again, and keeps what people wrote", () => {
    const once = fillDocument(document, [buildRun(), postgres]);
    expect(fillDocument(once, [buildRun(), postgres])).toBe(once);
    expect(once).toContain("## What is measured");
  });

  test("without a marker is an error", () => {
    expect(() => fillDocument("# Other", [])).toThrow("<!-- generated: goals -->");
  });
});

describe("the plots", () => {
  const plots = drawPlots([buildRun(), postgres]);

  test.each(Object.keys(plots))("%s has a title and a description, and no number that is none", (name) => {
    expect(plots[name]).toMatch(/<svg[^>]*role="img" aria-labelledby="title description"/);
    expect(plots[name]).toMatch(/<title id="title">[^<]+<\/title>\s*<desc id="description">[^<]+<\/desc>/);
    expect(plots[name]).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("place a measure by its share of the goal: on the line at the limit, on its right when it is missed", () => {
    const at = (value: number) =>
      markOf(drawPlots([buildRun({ figures: { "tap.p95": { value } } })])["bench-goals.svg"]);
    const line = at(15);
    expect(at(7)).toBeLessThan(line);
    expect(at(30)).toBeGreaterThan(line);
  });
});

/** Where the last mark of a plot is; the first one belongs to the legend. */
function markOf(plot = ""): number {
  return Number(
    plot
      .match(/translate\((\d+)/g)
      ?.at(-1)
      ?.match(/\d+/)?.[0],
  );
}
