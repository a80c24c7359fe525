import { describe, expect, test } from "vitest";
import { countMonths, formatPhone, formatsFor } from "./format";
import { wordsFor } from "./words";

const chinese = formatsFor(await wordsFor("zh-CN"));
const english = formatsFor(await wordsFor("en"));

const now = new Date("2026-11-22T06:07:00Z");

function ago(milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds);
}

const minute = 60_000;
const day = 1440 * minute;

describe("moments", () => {
  test("a day begins when it begins in Beijing", () => {
    const lateInLondon = new Date("2026-11-21T16:30:00Z");
    expect(chinese.moment(lateInLondon, now)).toBe("今天 00:30");
    expect(chinese.moment(ago(day), now)).toBe("昨天 14:07");
  });

  test("further days are named, with the year when it is another", () => {
    expect(chinese.moment(new Date("2026-11-02T06:07:00Z"), now)).toBe("11月2日 14:07");
    expect(english.moment(new Date("2025-03-01T06:07:00Z"), now)).toBe("March 1, 2025, 14:07");
  });

  test("English begins with a capital", () => {
    expect(english.moment(now, now)).toBe("Today, 14:07");
  });

  test("the exact time names its zone", () => {
    expect(chinese.exact(now)).toMatch(/^2026年11月22日.*14:07:00$/);
    expect(chinese.exact(now)).toContain("GMT+8");
    expect(english.exact(now)).toContain("GMT+8");
  });
});

describe("how long ago", () => {
  test.each([
    [5 * minute, "5 分钟前", "5 minutes ago"],
    [61 * minute, "1 小时前", "1 hour ago"],
    [3 * day, "3 天前", "3 days ago"],
    [65 * day, "2 个月前", "2 months ago"],
    [800 * day, "2 年前", "2 years ago"],
  ])("%d ms", (elapsed, inChinese, inEnglish) => {
    expect(chinese.ago(ago(elapsed), now)).toBe(inChinese);
    expect(english.ago(ago(elapsed), now)).toBe(inEnglish);
  });

  test("less than a minute, or a clock that runs ahead, is no time at all", () => {
    expect(english.ago(ago(59_000), now)).toBe("just now");
    expect(english.ago(ago(-minute), now)).toBe("just now");
  });
});

describe("days", () => {
  test("are formatted in each language", () => {
    const hired = new Date(1_597_573_616_828);
    expect(chinese.day(hired)).toBe("2020年8月16日");
    expect(english.day(hired)).toBe("August 16, 2020");
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

describe("spans of time", () => {
  test("count in both languages", () => {
    expect(chinese.tenure({ years: 6, months: 3 })).toBe("6 年 3 个月");
    expect(chinese.tenure({ years: 0, months: 0 })).toBe("不到 1 个月");
    expect(chinese.tenure({ years: 0, months: 11 })).toBe("11 个月");
    expect(english.tenure({ years: 1, months: 2 })).toBe("1 year, 2 months");
    expect(english.tenure({ years: 3, months: 0 })).toBe("3 years");
  });
});

test("a list is joined as its language joins one", () => {
  expect(chinese.list(["研发部", "品牌部", "应急小组"])).toBe("研发部、品牌部、应急小组");
  expect(english.list(["Research", "Brand", "Crew"])).toBe("Research, Brand, Crew");
  expect(english.list(["Research", "Brand"])).toBe("Research, Brand");
  expect([chinese.list(["研发部"]), english.list([])]).toEqual(["研发部", ""]);
});

test("the formatters of a language are made once", async () => {
  expect(formatsFor(await wordsFor("en"))).toBe(english);
});

describe("telephone numbers", () => {
  test.each([
    ["13800000001", "86", "+86 138 0000 0001"],
    ["13800000001", "+86", "+86 138 0000 0001"],
    ["138****0001", "86", "+86 138 **** 0001"],
    ["912345678", "886", "+886 912345678"],
    ["13800000001", null, "13800000001"],
    ["138", "86", "+86 138"],
  ])("%s with code %s", (number, code, written) => {
    expect(formatPhone(number, code)).toBe(written);
  });
});
