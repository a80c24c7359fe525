import { expect, test } from "vitest";
import { judge, shareOfLimit } from "./goals";

function verdictOf(id: string, value: number) {
  return judge({ figures: { [id]: { value } } });
}

test.each([
  ["own.qr-first", 10, true],
  ["own.qr-first", 10.04, false],
  ["memory.server", 329.9, true],
  ["memory.server", 330, false],
  ["steady.rate", 40, true],
  ["steady.rate", 39.9, false],
  ["rest.connections", 0, true],
  ["rest.connections", 1, false],
  ["cpu.qr-known", 9, null],
])("%s of %d is judged as %s", (id, value, isMet) => {
  expect(verdictOf(id, value)).toMatchObject([{ id, isMet }]);
});

test("a verdict says goal and value in the measure's unit", () => {
  expect(verdictOf("phone.asked", 1.456)).toMatchObject([{ goal: "≤ 1.5 s", found: "1.46 s" }]);
  expect(verdictOf("cpu.session", 0.8)).toMatchObject([{ goal: "≤ 0.85", found: "0.80" }]);
});

test("what was not measured is not judged, and neither is a figure that no longer exists", () => {
  expect(judge({ figures: { "a.former-figure": { value: 1 } } })).toEqual([]);
});

test("a share of the limit is 1 at the goal and smaller where it is better", () => {
  expect(shareOfLimit(150, { sign: "<", limit: 150 })).toBe(1);
  expect(shareOfLimit(80, { sign: "≥", limit: 40 })).toBe(0.5);
  expect(shareOfLimit(4, { sign: "=", limit: 4 })).toBeNull();
  expect(shareOfLimit(4, undefined)).toBeNull();
});
