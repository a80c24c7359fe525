import { env } from "../env";

const home = "/profile";
/** Only the origin of this base matters: a path that resolves to another origin is refused. */
const base = "http://here.invalid";

/**
 * The path to go to after signing in, or the profile page for anything that is not one of ours. An open redirect lends our
 * name to a phishing page, and browsers read `//host`, `/\host` and control characters in ways a prefix test misses, so the
 * address is parsed as a browser parses it. (S5)
 */
export function safeReturnTo(value: unknown): string {
  if (typeof value !== "string" || !/^\/(?![/\\])/.test(value) || value.length > 1024) return home;
  const url = URL.canParse(value, base) ? new URL(value, base) : null;
  if (url?.origin !== base || isSignInItself(url.pathname)) return home;
  return url.pathname + url.search + url.hash;
}

/** The same for next-auth's `callbackUrl`, which may be a whole address; one of another origin is refused. */
export function readCallbackUrl(callbackUrl: unknown): string {
  const { NEXTAUTH_URL } = env();
  const isOwn = typeof callbackUrl === "string" && callbackUrl.startsWith(`${NEXTAUTH_URL}/`);
  return safeReturnTo(isOwn ? callbackUrl.slice(NEXTAUTH_URL.length) : callbackUrl);
}

/** Returning to these would loop, or end the session that just began. */
function isSignInItself(path: string): boolean {
  return /^\/(login|api|language)(\/|$)/.test(path) || path.startsWith("//");
}
