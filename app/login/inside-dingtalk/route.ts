import { issueCsrfToken } from "@/lib/auth/csrf-token";
import { loginContext } from "@/lib/auth/login-page";
import { nonceOf } from "@/lib/http/content-policy";
import { currentLanguage } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { brand } from "@/lib/services";
import { leaveIfSignedIn } from "../opening";
import { readLoginQuery } from "../query";
import { InsideDingTalk } from "./document";

/**
 * The sign-in page inside DingTalk, where proxy.ts leads its clients: one document without a framework, so that a slow phone
 * asks for the code as early as possible.
 */
export async function GET(request: Request): Promise<Response> {
  const query = readLoginQuery(Object.fromEntries(new URL(request.url).searchParams));
  const [context, language] = await Promise.all([loginContext(), currentLanguage()]);
  leaveIfSignedIn(context, query);
  const [words, csrfToken] = await Promise.all([wordsFor(language), issueCsrfToken()]);
  const nonce = nonceOf(request.headers.get("content-security-policy"));
  // Next does not let a file of this folder import it at the top.
  const { renderToStaticMarkup } = await import("react-dom/server");
  const html = renderToStaticMarkup(
    InsideDingTalk({ view: { context, query, words }, site: { brand: brand(), language }, nonce, csrfToken }),
  );
  return new Response(`<!doctype html>${html}`, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "private, no-cache, no-store, max-age=0, must-revalidate",
    },
  });
}
