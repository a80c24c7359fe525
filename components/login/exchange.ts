type Handover = { csrfToken: string; returnTo: string; signal: AbortSignal } & (
  | { way: "silent"; code: string }
  | { way: "ticket"; ticket: string }
);

/** The token that a sign-in must carry to prove that our own page sent it. Rejects when the server cannot be reached. */
export async function fetchCsrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  const body: unknown = await answer.json();
  return readField(body, "csrfToken");
}

/** Hands over a silent code or a ticket; tells the path to go to, which explains the refusal if there was one. Rejects without an answer. */
export async function handOver({ way, csrfToken, returnTo, signal, ...fields }: Handover): Promise<Entry> {
  const body = JSON.stringify({ ...fields, csrfToken, callbackUrl: returnTo, json: "true" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`/api/auth/callback/dingtalk-${way}`, { method: "POST", headers, body, signal });
  const { pathname, search, hash } = new URL(readField(await answer.json(), "url"), location.origin);
  // Only the path is taken, so that no answer can send anybody to another site.
  return { path: pathname.replace(/^\/+/, "/") + search + hash, isIn: answer.ok };
}

type Entry = { path: string; isIn: boolean };

function readField(body: unknown, name: string): string {
  const value = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  if (typeof value !== "string") throw new Error(`the answer has no ${name}`);
  return value;
}
