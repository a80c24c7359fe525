import { env } from "../env";

/** Over https every cookie is Secure and, where its path allows, bound to this very host. (S23) */
function isSecure(): boolean {
  return env().NEXTAUTH_URL.startsWith("https://");
}

function cookie(name: string, prefix: "__Host-" | "__Secure-") {
  const options = { httpOnly: true, sameSite: "lax" as const, path: "/", secure: isSecure() };
  return { name: isSecure() ? `${prefix}${name}` : name, options };
}

/** The cookies of a sign-in, by the names next-auth gives them. */
export function authCookies() {
  return {
    sessionToken: cookie("session", "__Host-"),
    csrfToken: cookie("csrf-token", "__Host-"),
    callbackUrl: cookie("return-to", "__Secure-"),
    state: cookie("state", "__Secure-"),
  };
}

export const signedOutSeconds = 365 * 86_400;

/** Set when somebody signs out; while it stands, nothing signs them in by itself. (S15) */
export function signedOutCookie() {
  return cookie("signed-out", "__Host-");
}

/** The browser's half of its tickets; the QR shows the other half. (S16) */
export function ticketSecretCookie() {
  return cookie("ticket-secret", "__Host-");
}

type Cookie = ReturnType<typeof cookie>;

/** A Set-Cookie line. A life of 0 seconds removes the cookie; null keeps it until the browser closes. */
export function setCookieLine({ name, options }: Cookie, value: string, lifeSeconds: number | null): string {
  const life = lifeSeconds === null ? "" : `; Max-Age=${lifeSeconds}`;
  return `${name}=${value}${life}; Path=${options.path}; HttpOnly; SameSite=Lax${options.secure ? "; Secure" : ""}`;
}
