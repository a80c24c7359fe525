import { callbackPath } from "@/lib/sign-in-method";
import { readTextField } from "./fields";

type Exchange = { csrfToken: string; returnTo: string; signal: AbortSignal } & (
  | { method: "silent"; code: string }
  | { method: "ticket"; ticket: string }
);

/** What the server answered; without a session the body names the page that explains it, or says how long to wait. */
type ExchangeAnswer = { body: unknown; isSignedIn: boolean };

/** The path of an address in an answer. Only the path is used, so an answer cannot send the browser to another site. */
export function readPath(body: unknown): string {
  const { pathname, search, hash } = new URL(readTextField(body, "url"), location.origin);
  return pathname.replace(/^\/+/, "/") + search + hash;
}

/** The JSON of an answer. After too many requests it rejects, and the browser leaves for the page that says how long to wait. */
export async function readAnswer(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json();
  if (answer.status !== 429) return body;
  location.replace(readPath(body));
  throw new Error("too many requests");
}

/** The token that a sign-in must carry to prove that our own page sent it. Rejects when the server cannot be reached. */
export async function fetchCsrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  return readTextField(await readAnswer(answer), "csrfToken");
}

/** Exchanges a silent code or an approved ticket for a session. Rejects when there is no answer. */
export async function exchange({ method, csrfToken, returnTo, signal, ...fields }: Exchange): Promise<ExchangeAnswer> {
  const body = JSON.stringify({ ...fields, csrfToken, callbackUrl: returnTo, json: "true" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(callbackPath(method), { method: "POST", headers, body, signal });
  return { body: await answer.json(), isSignedIn: answer.status === 200 };
}
