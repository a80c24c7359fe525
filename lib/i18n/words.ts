import { type Translation } from "./fill";
import { type Language, languages } from "./languages";
import { type words as chinese } from "./zh-CN/index";

/** Everything the pages say, as plain data. Chinese is written first and gives the shape; the compiler holds the rest to it. */
export type Words = Translation<typeof chinese>;

export async function wordsFor(language: Language): Promise<Words> {
  const { loadWords } = languages.find(({ code }) => code === language) ?? languages[0];
  return loadWords();
}
