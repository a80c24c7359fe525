import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

type Row = { rule: string; isHeld: boolean; files: string[]; tests: string[] };

const rules = Array.from({ length: 46 }, (_, index) => `S${index + 1}`);
const rows = readFileSync("docs/security.md", "utf8").split("\n").flatMap(readRow);

function readRow(line: string): Row[] {
  const [rule, how = "", files = "", tests = ""] = line
    .split("|")
    .slice(1)
    .map((cell) => cell.trim());
  if (!rule?.match(/^S\d+$/)) return [];
  return [{ rule, isHeld: !how.startsWith("Not yet"), files: namesIn(files), tests: namesIn(tests) }];
}

function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);
}

/** The tests of the repository, apart from this one. */
const testFiles = [".", "app", "components", "e2e", "lib", "sandbox", "scripts", "test"]
  .flatMap((folder) => readdirSync(folder, { recursive: folder !== "." }).map((name) => join(folder, String(name))))
  .filter((file) => /\.(test|spec)\.tsx?$/.test(file) && !file.endsWith("security-table.test.ts"));
const texts = testFiles.map((file) => readFileSync(file, "utf8"));

function names(text: string, rule: string): boolean {
  return new RegExp(`\\b${rule}\\b`).test(text);
}

describe("the table of security rules", () => {
  test("has every rule once, in order", () => {
    expect(rows.map(({ rule }) => rule)).toEqual(rules);
  });

  test("says of none that it is not held yet", () => {
    expect(rows.filter(({ isHeld }) => !isHeld).map(({ rule }) => rule)).toEqual([]);
  });

  test.each(rows.filter(({ isHeld }) => isHeld))("$rule is enforced in files that exist", ({ files }) => {
    expect(files).not.toEqual([]);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test.each(rows.filter(({ isHeld }) => isHeld))("$rule has a test that names it", ({ rule, tests }) => {
    expect(texts.some((text) => names(text, rule))).toBe(true);
    for (const file of tests) expect([file, names(readFileSync(file, "utf8"), rule)]).toEqual([file, true]);
  });
});
