import { describe, expect, test } from "vitest";
import { countMonths, formatAgo, formatDay, formatExact, formatMoment, formatPhone } from "./format";

const now = new Date("2026-11-22T06:07:00Z");

function ago(milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds);
}

const minute = 60_000;
const day = 1440 * minute;

describe("moments", () => {
  test("a day begins when it begins in Beijing", () => {
    const lateInLondon = new Date("2026-11-21T16:30:00Z");
    expect(formatMoment("zh-CN", lateInLondon, now)).toBe("今天 00:30");
    expect(formatMoment("zh-CN", ago(day), now)).toBe("昨天 14:07");
  });

  test("further days are named, with the year when it is another", () => {
    expect(formatMoment("zh-CN", new Date("2026-11-02T06:07:00Z"), now)).toBe("11月2日 14:07");
    expect(formatMoment("en", new Date("2025-03-01T06:07:00Z"), now)).toBe("March 1, 2025, 14:07");
  });

  test("English begins with a capital", () => {
    expect(formatMoment("en", now, now)).toBe("Today, 14:07");
  });

  test("the exact time names its zone", () => {
    expect(formatExact("zh-CN", now)).toMatch(/^2026年11月22日.*14:07:00$/);
    expect(formatExact("zh-CN", now)).toContain("GMT+8");
    expect(formatExact("en", now)).toContain("GMT+8");
  });
});

describe("how long ago", () => {
  test.each([
    [5 * minute, "5 分钟前", "5 minutes ago"],
    [61 * minute, "1 小时前", "1 hour ago"],
    [3 * day, "3 天前", "3 days ago"],
    [65 * day, "2 个月前", "2 months ago"],
    [800 * day, "2 年前", "2 years ago"],
  ])("%d ms", (elapsed, chinese, english) => {
    expect(formatAgo("zh-CN", ago(elapsed), now)).toBe(chinese);
    expect(formatAgo("en", ago(elapsed), now)).toBe(english);
  });

  test("less than a minute, or a clock that runs ahead, is no time at all", () => {
    expect(formatAgo("en", ago(59_000), now)).toBeNull();
    expect(formatAgo("en", ago(-minute), now)).toBeNull();
  });
});

describe("days", () => {
  test("are told in each language", () => {
    const hired = new Date(1_597_573_616_828);
    expect(formatDay("zh-CN", hired)).toBe("2020年8月16日");
    expect(formatDay("en", hired)).toBe("August 16, 2020");
  });

  test.each([
    ["2020-08-16", { years: 6, months: 3 }],
    ["2026-11-22", { years: 0, months: 0 }],
    ["2026-10-23", { years: 0, months: 0 }],
    ["2026-10-22", { years: 0, months: 1 }],
    ["2025-11-22", { years: 1, months: 0 }],
    ["2027-03-01", { years: 0, months: 0 }],
  ])("since %s", (from, months) => {
    expect(countMonths(new Date(`${from}T04:00:00Z`), now)).toEqual(months);
  });
});

describe("telephone numbers", () => {
  test.each([
    ["13800000001", "86", "+86 138 0000 0001"],
    ["13800000001", "+86", "+86 138 0000 0001"],
    ["912345678", "886", "+886 912345678"],
    ["13800000001", null, "13800000001"],
    ["138", "86", "+86 138"],
  ])("%s with code %s", (number, code, written) => {
    expect(formatPhone(number, code)).toBe(written);
  });
});
