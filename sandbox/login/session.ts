import { randomBytes } from "node:crypto";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type CookieOptions } from "hono/utils/cookie";
import { type Person } from "../company/people";
import { type SandboxContext } from "../http";
import { type Store } from "../store";

/**
 * The login session is in two cookies. In a frame of another site a browser sends only a cookie with SameSite=None, and takes
 * one only if it is Secure. Over plain http a Secure cookie is accepted from localhost by Chrome and Firefox but not by
 * Safari, so the ordinary cookie stays beside it.
 */
const loginCookies: Record<string, CookieOptions> = {
  sandbox_login: { path: "/oauth2", httpOnly: true, sameSite: "Lax" },
  sandbox_login_frame: { path: "/oauth2", httpOnly: true, sameSite: "None", secure: true },
};

/** The person who is signed in to DingTalk in this browser, or null. */
export function findLogin(store: Store, c: SandboxContext): Person | null {
  const userid = sessionValues(c)
    .map((value) => store.logins.get(value))
    .find((one) => one !== undefined);
  return userid ? store.people.find(userid) : null;
}

export function startLogin(store: Store, c: SandboxContext, person: Person): void {
  const value = randomBytes(16).toString("hex");
  store.logins.set(value, person.userid);
  for (const [name, options] of Object.entries(loginCookies)) setCookie(c, name, value, options);
}

export function endLogin(store: Store, c: SandboxContext): void {
  for (const value of sessionValues(c)) store.logins.delete(value);
  for (const [name, { path, secure }] of Object.entries(loginCookies)) deleteCookie(c, name, { path, secure });
}

function sessionValues(c: SandboxContext): string[] {
  return Object.keys(loginCookies).flatMap((name) => getCookie(c, name) ?? []);
}
