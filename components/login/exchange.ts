import { callbackPath } from "@/lib/sign-in-method";
import { readAnswer, readTextField } from "./answer";

type Exchange = { csrfToken: string; returnTo: string; signal: AbortSignal } & (
  | { method: "silent"; code: string }
  | { method: "ticket"; ticket: string }
);

/** What the server answered; without a session the body names the page that explains it, or says how long to wait. */
type ExchangeAnswer = { body: unknown; isSignedIn: boolean };

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
