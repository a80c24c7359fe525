/**
 * The languages every page is written in; the first is the one to fall back on. Another language is a folder of words, an
 * entry here and one in faults.ts. Client components read this list too, so the dictionaries are loaded only when they are asked for.
 */
export const languages = [
  {
    /** Stands in the `lang` of the page and in the cookie, and tells Intl how to write dates. */
    code: "zh-CN",
    /** What its speakers call it. */
    name: "中文",
    /** The language ranges (RFC 4647) that are answered in it: `zh` holds `zh-TW` and `zh-Hans-CN` too. */
    ranges: ["zh"],
    loadWords: async () => (await import("./zh-CN/index")).words,
  },
  {
    code: "en",
    name: "English",
    ranges: ["en"],
    loadWords: async () => (await import("./en/index")).words,
  },
] as const;

export type Language = (typeof languages)[number]["code"];

/** Reads the code of a language we write pages in; null for any other value. */
export function readLanguage(value: unknown): Language | null {
  return languages.find(({ code }) => code === value)?.code ?? null;
}
