import { describe, expect, test } from "vitest";
import { refusals } from "../refusals";
import { fill } from "./fill";
import { type Language, languages } from "./languages";
import { wordsFor } from "./words";

type Saying = { path: string; text: string };

/** Every text of a dictionary; one with forms by number has each of them under the same path. */
function sayings(value: unknown, path = ""): Saying[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  if ("other" in value) return Object.values(value).flatMap((form) => sayings(form, path));
  return Object.entries(value).flatMap(([key, inner]) => sayings(inner, path ? `${path}.${key}` : key));
}

/** The names of the values that a text takes. */
function valuesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name)).sort();
}

/** What is read: without the values, and without the code of the language. */
function readable(dictionary: Saying[]): Saying[] {
  const texts = dictionary.map(({ path, text }) => ({ path, text: text.replace(/\{\w+\}/g, "") }));
  return texts.filter(({ path, text }) => path !== "language" && /\p{L}/u.test(text));
}

const chinese = sayings(await wordsFor("zh-CN"));
const english = sayings(await wordsFor("en"));

describe("the dictionaries", () => {
  test.each(languages)("say the same things: $code", async ({ code }) => {
    const paths = (dictionary: Saying[]) => new Set(dictionary.map(({ path }) => path));
    expect(paths(sayings(await wordsFor(code)))).toEqual(paths(chinese));
  });

  test.each(languages)("take the same values: $code", async ({ code }) => {
    const values = (dictionary: Saying[]) => new Map(dictionary.map(({ path, text }) => [path, valuesIn(text)]));
    expect(values(sayings(await wordsFor(code)))).toEqual(values(chinese));
  });

  test.each(languages)("leave nothing empty: $code", async ({ code }) => {
    expect(sayings(await wordsFor(code)).filter(({ text }) => text.trim() === "")).toEqual([]);
  });

  test("hold no Chinese in English", () => {
    expect(english.filter(({ text }) => /[\p{Script=Han}，。？！：（]/u.test(text))).toEqual([]);
  });

  test("hold no English in Chinese", () => {
    expect(readable(chinese).filter(({ text }) => !/\p{Script=Han}/u.test(text))).toEqual([]);
  });

  test("write Chinese with its own punctuation", () => {
    expect(chinese.filter(({ text }) => /\p{Script=Han}[,.?!:;]/u.test(text))).toEqual([]);
  });

  test.each(languages)("name their own language: $code", async ({ code }) => {
    expect((await wordsFor(code)).language).toBe(code);
  });

  test.each(languages)("explain every refusal in words of its own, with something to do: $code", async ({ code }) => {
    const { refusals: explained } = await wordsFor(code);
    expect(Object.keys(explained).sort()).toEqual([...refusals].sort());
    expect(new Set(Object.values(explained).map(({ title }) => title)).size).toBe(refusals.length);
    expect(new Set(Object.values(explained).map(({ what }) => what)).size).toBe(refusals.length);
  });

  test("count in both languages", async () => {
    const endedIn = async (code: Language) => (await wordsFor(code)).people.employee.ended;
    expect(fill(await endedIn("zh-CN"), { count: 1 })).toBe("已退出 1 台设备。");
    expect(fill(await endedIn("en"), { count: 1 })).toBe("1 device signed out.");
    expect(fill(await endedIn("en"), { count: 2 })).toBe("2 devices signed out.");
  });

  test("call the last minute by its name", async () => {
    expect((await wordsFor("zh-CN")).time.justNow).toBe("刚刚");
    expect((await wordsFor("en")).time.justNow).toBe("just now");
  });
});
