import { describe, expect, test } from "vitest";
import { boundsOf, mayGrow, readTrailQuery } from "./query";

const nothing = readTrailQuery({});
const now = new Date("2026-11-24T04:00:00Z");

describe("a query of the audit trail", () => {
  test("that asks for nothing narrows nothing, and is live", () => {
    expect(nothing).toEqual({
      ...{ person: "", kind: null, outcome: null, within: null, from: null, to: null },
      ...{ reference: "", after: null, live: true },
    });
  });

  test("is read from an address or a form", () => {
    const given = {
      person: " 李雷 ",
      kind: "refused",
      outcome: "refused",
      within: "day",
      reference: " 7kq2m9px",
      live: "0",
    };
    expect(readTrailQuery(given)).toMatchObject({
      ...{ person: "李雷", kind: "refused", outcome: "refused", within: "day", reference: "7KQ2M9PX", live: false },
    });
  });

  test.each([
    { kind: "made_up" },
    { outcome: "fine" },
    { within: "year" },
    { from: "2026-02-30", to: "yesterday" },
    { from: "0000-01-01" },
    { person: ["a", "b"], reference: ["c"], after: ["d"] },
    { person: "x".repeat(201) },
    { live: "1" },
  ])("leaves out what it cannot read: %j", (given) => {
    expect(readTrailQuery(given)).toEqual(nothing);
  });

  test("holds no character that the database cannot store", () => {
    expect(readTrailQuery({ person: "a\0b", reference: "\u0007x" })).toMatchObject({ person: "a b", reference: "X" });
  });

  test.each([
    [{}, null, null],
    [{ within: "hour" }, "2026-11-24T03:00:00.000Z", null],
    [{ within: "week" }, "2026-11-17T04:00:00.000Z", null],
    [{ from: "2026-11-23" }, "2026-11-22T16:00:00.000Z", null],
    [{ to: "2026-11-23" }, null, "2026-11-23T16:00:00.000Z"],
    [{ from: "2026-11-23", within: "hour" }, "2026-11-24T03:00:00.000Z", null],
    [{ from: "2026-11-24", within: "month" }, "2026-11-23T16:00:00.000Z", null],
  ])("%j means days in Beijing and the narrower beginning", (given, begin, end) => {
    const bounds = boundsOf(readTrailQuery(given), now);
    expect(bounds.map((date) => date?.toISOString() ?? null)).toEqual([begin, end]);
  });

  test("grows while it shows the newest events", () => {
    expect(mayGrow(nothing)).toBe(true);
    expect(mayGrow({ ...nothing, from: "2026-11-01" })).toBe(true);
    expect(mayGrow({ ...nothing, after: "key" })).toBe(false);
    expect(mayGrow({ ...nothing, to: "2026-11-23" })).toBe(false);
  });
});
