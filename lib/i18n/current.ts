import { cookies, headers } from "next/headers";
import { cache } from "react";
import { readCookie } from "../http/cookies";
import { chooseLanguage } from "./language";
import { type Language } from "./languages";
import { type Words, wordsFor } from "./words";

/** The language of the page being drawn. */
export const currentLanguage = cache(async (): Promise<Language> => {
  const [cookie, head] = await Promise.all([readLanguageCookie(), headers()]);
  return chooseLanguage({
    cookie,
    userAgent: head.get("user-agent"),
    acceptLanguage: head.get("accept-language"),
  });
});

/** The choice made by hand. Version 0.1.0 remembered it under a name without `__Host-`, for a year. */
async function readLanguageCookie(): Promise<string | null> {
  return (await readCookie("language")) ?? (await cookies()).get("language")?.value ?? null;
}

/** The words of the page being drawn. */
export async function currentWords(): Promise<Words> {
  return wordsFor(await currentLanguage());
}
