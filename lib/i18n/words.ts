import { en } from "./en/index";
import { type Language } from "./language";
import { zhCN } from "./zh-CN/index";

/** Everything the pages say. Chinese is written first and gives the shape; the compiler holds English to it. */
export type Words = typeof zhCN;

const dictionaries: Record<Language, Words> = { "zh-CN": zhCN, en };

export function wordsFor(language: Language): Words {
  return dictionaries[language];
}
