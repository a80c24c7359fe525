import { describe, expect, test } from "vitest";
import { dayAfter, dayOf, latestDays, monthOf, startOfDay } from "./beijing-time";

describe("a day in Beijing", () => {
  test.each([
    ["2026-11-26T15:59:59.999Z", "2026-11-26"],
    ["2026-11-26T16:00:00.000Z", "2026-11-27"],
    ["2026-12-31T16:00:00.000Z", "2027-01-01"],
  ])("%s is %s", (time, day) => {
    expect(dayOf(new Date(time))).toBe(day);
    expect(startOfDay(day).getTime()).toBeLessThanOrEqual(new Date(time).getTime());
  });

  test("is followed by another, also at the end of a month and of February", () => {
    expect(["2026-11-30", "2026-12-31", "2028-02-28", "2027-02-28"].map(dayAfter)).toEqual([
      "2026-12-01",
      "2027-01-01",
      "2028-02-29",
      "2027-03-01",
    ]);
  });

  test("is the last of the latest ones while it goes on", () => {
    expect(latestDays(3, new Date("2026-12-01T16:30:00Z"))).toEqual(["2026-11-30", "2026-12-01", "2026-12-02"]);
  });
});

test("a month begins and ends at midnight in Beijing", () => {
  const { begins, ends } = monthOf(new Date("2026-11-30T16:00:00Z"));
  expect([begins.toISOString(), ends.toISOString()]).toEqual(["2026-11-30T16:00:00.000Z", "2026-12-31T16:00:00.000Z"]);
});
