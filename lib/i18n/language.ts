import { match } from "@formatjs/intl-localematcher";
import Negotiator from "negotiator";
import { type Language, languages, readLanguage } from "./languages";

type Clues = { cookie: string | null; userAgent: string | null; acceptLanguage: string | null };

/** Picks a page's language: the person's own choice, then DingTalk's setting, then the browser's, then Chinese. */
export function chooseLanguage({ cookie, userAgent, acceptLanguage }: Clues): Language {
  return readLanguage(cookie) ?? firstKnown([...dingTalkLanguage(userAgent), ...browserLanguages(acceptLanguage)]);
}

/** DingTalk's webview names the client's own language (`language/zh-CN`, `language/zh-Hans-CN`), which may differ from the phone's. */
function dingTalkLanguage(userAgent: string | null): string[] {
  if (!userAgent || !/DingTalk/i.test(userAgent)) return [];
  return /\blanguage\/([\w-]+)/i.exec(userAgent)?.slice(1) ?? [];
}

/** The browser's languages, the preferred one first. The limit keeps a long header from costing time. */
function browserLanguages(acceptLanguage: string | null): string[] {
  const headers = { "accept-language": (acceptLanguage ?? "").slice(0, 256) };
  return new Negotiator({ headers }).languages();
}

/**
 * The language of the first tag that we write pages in. By lookup (RFC 4647), because it honours the order of the tags; the
 * package's "best fit" would also keep every tag it has ever been asked for.
 */
function firstKnown(tags: string[]): Language {
  const [fallback] = languages;
  const known = languages.flatMap(({ ranges }) => ranges);
  const found = match(tags.filter(isWellFormed), known, fallback.ranges[0], { algorithm: "lookup" });
  return languages.find(({ ranges }) => ranges.some((range) => range === found))?.code ?? fallback.code;
}

/** `match` throws on anything else, and `*` is not a tag either. */
function isWellFormed(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
