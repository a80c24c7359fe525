import { cookies, headers } from "next/headers";
import { cache } from "react";
import { chooseLanguage, languageCookie } from "./language";
import { type Language } from "./languages";
import { type Words, wordsFor } from "./words";

/** The language of the page being drawn. */
export const currentLanguage = cache(async (): Promise<Language> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return chooseLanguage({
    cookie: jar.get(languageCookie)?.value ?? null,
    userAgent: head.get("user-agent"),
    acceptLanguage: head.get("accept-language"),
  });
});

/** The words of the page being drawn. */
export async function currentWords(): Promise<Words> {
  return wordsFor(await currentLanguage());
}
