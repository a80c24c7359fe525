import { env } from "../env";
import { isJson, readFields } from "../http/body";
import { writeCookie } from "../http/cookies";
import { isCrossSite } from "../http/origin";
import { safeReturnTo } from "../http/return-to";
import { readLanguage } from "./languages";

const rememberedSeconds = 365 * 86_400;

/** Remembers a language chosen by hand, and leads back to the page with the form. */
export async function answerLanguageForm(request: Request): Promise<Response> {
  if (isCrossSite(request.headers, env().NEXTAUTH_URL)) return new Response(null, { status: 403 });
  if (isJson(request)) return new Response(null, { status: 415 });
  const language = readLanguage((await readFields(request)).language);
  if (!language) return new Response(null, { status: 400 });
  await writeCookie("language", language, rememberedSeconds);
  // A relative address keeps the browser on whatever host it used, also behind a proxy.
  return new Response(null, { status: 303, headers: { location: pageBefore(request.headers.get("referer")) } });
}

/** The path the form was on; the sign-in page is not a place to return to after signing in, but it is one here. */
function pageBefore(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return "/";
  const { pathname, search } = new URL(referer);
  return pathname === "/login" ? `/login${search}` : safeReturnTo(pathname + search);
}
