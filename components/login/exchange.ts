import { callbackPath } from "@/lib/sign-in-method";
import { readTextField } from "./fields";

type Exchange = { csrfToken: string; returnTo: string; signal: AbortSignal } & (
  | { method: "silent"; code: string }
  | { method: "ticket"; ticket: string }
);

/** Where the browser goes next, and whether a session was created. After a refusal the path is of the page that explains it. */
type ExchangeAnswer = { path: string; isSignedIn: boolean };

/** The token that a sign-in must carry to prove that our own page sent it. Rejects when the server cannot be reached. */
export async function fetchCsrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  return readTextField(await answer.json(), "csrfToken");
}

/** Exchanges a silent code or an approved ticket for a session. Rejects when there is no answer. */
export async function exchange({ method, csrfToken, returnTo, signal, ...fields }: Exchange): Promise<ExchangeAnswer> {
  const body = JSON.stringify({ ...fields, csrfToken, callbackUrl: returnTo, json: "true" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(callbackPath(method), { method: "POST", headers, body, signal });
  const { pathname, search, hash } = new URL(readTextField(await answer.json(), "url"), location.origin);
  // Only the path is used, so an answer cannot send the browser to another site.
  return { path: pathname.replace(/^\/+/, "/") + search + hash, isSignedIn: answer.ok };
}
