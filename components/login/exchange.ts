import { callbackPath } from "@/lib/sign-in-method";
import { readField, readTextField } from "./fields";

type Exchange = { csrfToken: string; returnTo: string; signal: AbortSignal } & (
  | { method: "silent"; code: string }
  | { method: "ticket"; ticket: string }
);

/** Where the browser goes next, and whether a session was created. After a refusal the path is of the page that explains it. */
type ExchangeAnswer = { path: string; isSignedIn: boolean; wait: Wait | null };

/** The sign-in waits for DingTalk's limit: how many are in front, and after how many seconds to send a new code. */
export type Wait = { place: number; seconds: number };

/** The path of an address in an answer. Only the path is used, so an answer cannot send the browser to another site. */
function readPath(body: unknown): string {
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

function readWait(body: unknown): Wait {
  const wait = readField(body, "wait");
  return { place: Number(readField(wait, "place")), seconds: Number(readField(wait, "seconds")) };
}

/** Exchanges a silent code or an approved ticket for a session. Rejects when there is no answer. */
export async function exchange({ method, csrfToken, returnTo, signal, ...fields }: Exchange): Promise<ExchangeAnswer> {
  const body = JSON.stringify({ ...fields, csrfToken, callbackUrl: returnTo, json: "true" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(callbackPath(method), { method: "POST", headers, body, signal });
  const answered: unknown = await answer.json();
  if (answer.status === 202) return { path: "/login", isSignedIn: false, wait: readWait(answered) };
  return { path: readPath(answered), isSignedIn: answer.ok, wait: null };
}
