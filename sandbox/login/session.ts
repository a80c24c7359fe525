import { randomBytes } from "node:crypto";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type Person } from "../company/people";
import { type SandboxContext } from "../http";
import { type Store } from "../store";

const loginCookie = "sandbox_login";

/** The person who is signed in to DingTalk in this browser, or null. */
export function findLogin(store: Store, c: SandboxContext): Person | null {
  const userid = store.logins.get(getCookie(c, loginCookie) ?? "");
  return userid ? store.people.find(userid) : null;
}

export function startLogin(store: Store, c: SandboxContext, person: Person): void {
  const value = randomBytes(16).toString("hex");
  store.logins.set(value, person.userid);
  setCookie(c, loginCookie, value, { path: "/oauth2", httpOnly: true, sameSite: "Lax" });
}

export function endLogin(store: Store, c: SandboxContext): void {
  store.logins.delete(getCookie(c, loginCookie) ?? "");
  deleteCookie(c, loginCookie, { path: "/oauth2" });
}
