import { createRequire } from "node:module";
import { type Employee } from "../dingtalk/employee";

/**
 * The package's CommonJS build, which is outside the bundles: its dictionary is in memory once, and not in each of them. As an
 * external ES module it would make modules asynchronous, and every page would load the code for that.
 */
const { pinyin }: typeof import("pinyin-pro") = createRequire(import.meta.url)("pinyin-pro");

/** Rows with another version have the terms of a former release; lib/employees/search-index.ts renews them. */
export const searchVersion = 1;

/** Words of fewer characters are found by their keys, longer ones anywhere in the text: trigrams need three. */
export const shortestInText = 3;

/** What the columns of a hidden mobile number may reveal: the digits that the page shows too. */
const shownDigits = 4;
/** A b-tree entry must stay short; names are shorter. */
const maxKeyLength = 120;

export type SearchTerms = {
  /** Every term on a line of its own. */
  searchText: string;
  /** What words of one or two characters find. */
  searchKeys: string[];
  /** Sorts names as Chinese address books do: by pinyin, equal readings by their characters. */
  nameKey: string;
};

/** Full-width and half-width, upper and lower case are the same to a reader. Words of a search are folded as terms are. */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/**
 * What finds an employee: the name, its pinyin with the readings of surnames (单 Shàn, 尉迟 Yùchí), its initials, the userId, the job
 * number, the title, the email addresses and the mobile number, of which a hidden one is found only by its last digits.
 */
export function searchTermsOf(employee: Employee): SearchTerms {
  const name = foldText(employee.name);
  const syllables = syllablesOf(employee.name);
  const readings = [syllables.join(""), initials(syllables)];
  const ids = [employee.userId, employee.jobNumber, employee.orgEmail, employee.email].map(orEmpty);
  const title = orEmpty(employee.title);
  const terms = [name, ...readings, ...ids, title, mobileOf(employee)];
  return {
    searchText: [...new Set(terms.filter(Boolean))].join("\n"),
    searchKeys: keysOf({ name, title, syllables, ids }),
    nameKey: nameKeyOf(employee.name),
  };
}

type KeySource = { name: string; title: string; syllables: string[]; ids: string[] };

function keysOf({ name, title, syllables, ids }: KeySource): string[] {
  const beginnings = syllables.flatMap((_syllable, index) => {
    const rest = syllables.slice(index);
    return [...prefixes(rest.join("")), ...prefixes(initials(rest))];
  });
  return [...new Set([...grams(name), ...pairs(title), ...beginnings, ...ids.flatMap(prefixes)])];
}

function syllablesOf(name: string): string[] {
  const options = { mode: "surname", toneType: "none", type: "array", v: true, nonZh: "removed" } as const;
  return pinyin(name, options).map(foldText).filter(Boolean);
}

function nameKeyOf(name: string): string {
  const options = { mode: "surname", toneType: "none", type: "array", v: true, nonZh: "consecutive" } as const;
  const reading = pinyin(name, options).map((part) => foldText(part).trim());
  const key = [...reading.filter(Boolean), name].join(" ");
  return [...key].slice(0, maxKeyLength).join("");
}

function initials(syllables: string[]): string {
  return syllables.map(([first = ""]) => first).join("");
}

function mobileOf({ mobile, hideMobile }: Employee): string {
  const digits = orEmpty(mobile);
  return hideMobile ? digits.slice(-shownDigits) : digits;
}

function orEmpty(value: string | null): string {
  return foldText(value ?? "");
}

/** Each character that can be typed, and each two that follow each other. */
function grams(text: string): string[] {
  return [...text.replace(/\s/gu, "")].concat(pairs(text));
}

function pairs(text: string): string[] {
  return text.split(/\s+/u).flatMap((word) => {
    const characters = [...word];
    return characters.slice(1).map((second, index) => `${characters[index]}${second}`);
  });
}

/** The first character, and the first two. */
function prefixes(text: string): string[] {
  const [first, second] = text;
  if (first === undefined) return [];
  return second === undefined ? [first] : [first, first + second];
}
