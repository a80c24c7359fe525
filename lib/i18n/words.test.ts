import { describe, expect, test } from "vitest";
import { refusals } from "../refusals";
import { wordsFor } from "./words";

type Saying = { path: string; text: string };

/** Every text of a dictionary. What depends on a value is left to the pages that give it. */
function sayings(value: unknown, path = ""): Saying[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sayings(inner, path ? `${path}.${key}` : key));
}

const chinese = sayings(wordsFor("zh-CN"));
const english = sayings(wordsFor("en"));

/** A language is always called by its own name. */
const ownNames = "site.languages.";

describe("the dictionaries", () => {
  test("say the same things", () => {
    expect(english.map(({ path }) => path)).toEqual(chinese.map(({ path }) => path));
  });

  test("leave nothing empty", () => {
    expect([...chinese, ...english].filter(({ text }) => text.trim() === "")).toEqual([]);
  });

  test("hold no Chinese in English", () => {
    const foreign = english.filter(
      ({ path, text }) => !path.startsWith(ownNames) && /[\p{Script=Han}，。？！：（]/u.test(text),
    );
    expect(foreign).toEqual([]);
  });

  test("hold no English in Chinese", () => {
    const foreign = chinese.filter(({ path, text }) => !path.startsWith(ownNames) && !/\p{Script=Han}/u.test(text));
    expect(foreign).toEqual([]);
  });

  test("write Chinese with its own punctuation", () => {
    expect(chinese.filter(({ text }) => /\p{Script=Han}[,.?!:;]/u.test(text))).toEqual([]);
  });

  test("explain every refusal in words of its own, with something to do", () => {
    for (const { refusals: explained } of [wordsFor("zh-CN"), wordsFor("en")]) {
      expect(Object.keys(explained).sort()).toEqual([...refusals].sort());
      expect(new Set(Object.values(explained).map(({ title }) => title)).size).toBe(refusals.length);
      expect(new Set(Object.values(explained).map(({ what }) => what)).size).toBe(refusals.length);
    }
  });
});

describe("words that depend on a value", () => {
  test("count in both languages", () => {
    expect(wordsFor("zh-CN").people.tenure({ years: 6, months: 3 })).toBe("6 年 3 个月");
    expect(wordsFor("zh-CN").people.tenure({ years: 0, months: 0 })).toBe("不到 1 个月");
    expect(wordsFor("en").people.tenure({ years: 1, months: 2 })).toBe("1 year, 2 months");
    expect(wordsFor("en").people.employee.ended(1)).toBe("1 device signed out.");
  });

  test("call the last minute by its name", () => {
    const now = new Date();
    expect(wordsFor("zh-CN").time.ago(now, now)).toBe("刚刚");
    expect(wordsFor("en").time.ago(now, now)).toBe("just now");
  });
});
