import { cookies } from "next/headers";
import { type NextRequest } from "next/server";
import { readFields } from "@/lib/http/body";
import { safeReturnTo } from "@/lib/http/return-to";
import { languageCookie } from "@/lib/i18n/language";
import { readLanguage } from "@/lib/i18n/languages";

/** Remembers a language chosen by hand, and shows the same page again. */
export async function POST(request: NextRequest): Promise<Response> {
  const language = readLanguage((await readFields(request)).language);
  if (!language) return new Response(null, { status: 400 });
  const jar = await cookies();
  jar.set(languageCookie, language, { path: "/", maxAge: 365 * 86_400, sameSite: "lax", httpOnly: true });
  // A relative address keeps the browser on whatever host it used, also behind a proxy.
  return new Response(null, { status: 303, headers: { location: pageBefore(request.headers.get("referer")) } });
}

/** The path the form was on; the sign-in page is not a place to return to after signing in, but it is one here. */
function pageBefore(referer: string | null): string {
  if (!referer || !URL.canParse(referer)) return "/";
  const { pathname, search } = new URL(referer);
  return pathname === "/login" ? `/login${search}` : safeReturnTo(pathname + search);
}
