/** The languages every page is written in; the first is the one to fall back on. */
export const languages = ["zh-CN", "en"] as const;

export type Language = (typeof languages)[number];

/** The cookie that remembers a choice made by hand. */
export const languageCookie = "language";

type Clues = { cookie: string | null; userAgent: string | null; acceptLanguage: string | null };

/** Picks a page's language: the person's own choice, then DingTalk's setting, then the browser's, then Chinese. */
export function chooseLanguage({ cookie, userAgent, acceptLanguage }: Clues): Language {
  return readLanguage(cookie) ?? spokenByDingTalk(userAgent) ?? firstSpoken(acceptLanguage) ?? languages[0];
}

/** Reads a language we write pages in; null for any other value. */
export function readLanguage(value: unknown): Language | null {
  return languages.find((language) => language === value) ?? null;
}

/** DingTalk's webview names the client's own language (`language/zh-CN`, `language/zh-Hans-CN`), which may differ from the phone's. */
function spokenByDingTalk(userAgent: string | null): Language | null {
  if (!/DingTalk/i.test(userAgent ?? "")) return null;
  return nearest(/\blanguage\/([\w-]+)/i.exec(userAgent ?? "")?.[1] ?? "");
}

function firstSpoken(acceptLanguage: string | null): Language | null {
  const spoken = (acceptLanguage ?? "").slice(0, 256).split(",").map(readPreference);
  const wanted = spoken.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return wanted.map(({ tag }) => nearest(tag)).find((language) => language !== null) ?? null;
}

function readPreference(part: string): { tag: string; weight: number } {
  const [tag = "", quality = ""] = part.trim().split(/\s*;\s*q=/i);
  return { tag, weight: quality === "" ? 1 : Number(quality) || 0 };
}

function nearest(tag: string): Language | null {
  if (/^zh\b/i.test(tag)) return "zh-CN";
  return /^en\b/i.test(tag) ? "en" : null;
}
