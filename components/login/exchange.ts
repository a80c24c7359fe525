type Exchange = { code: string; csrfToken: string; returnTo: string; signal: AbortSignal };

/** The token that a sign-in must carry to prove that our own page sent it. Rejects when the server cannot be reached. */
export async function fetchCsrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  const body: unknown = await answer.json();
  return readField(body, "csrfToken");
}

/** Spends a silent code; tells the path to go to, which explains the refusal if there was one. Rejects without an answer. */
export async function exchangeCode({
  code,
  csrfToken,
  returnTo,
  signal,
}: Exchange): Promise<{ path: string; isIn: boolean }> {
  const body = JSON.stringify({ csrfToken, code, callbackUrl: returnTo, json: "true" });
  const headers = { "content-type": "application/json" };
  const answer = await fetch("/api/auth/callback/dingtalk-silent", { method: "POST", headers, body, signal });
  const { pathname, search, hash } = new URL(readField(await answer.json(), "url"), location.origin);
  // Only the path is taken, so that no answer can send anybody to another site.
  return { path: pathname.replace(/^\/+/, "/") + search + hash, isIn: answer.ok };
}

function readField(body: unknown, name: string): string {
  const value = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  if (typeof value !== "string") throw new Error(`the answer has no ${name}`);
  return value;
}
