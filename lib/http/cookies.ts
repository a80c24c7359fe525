import { cookies } from "next/headers";
import { env } from "../env";

/** A state cookie carries the start of its state's hash in its name, so that sign-ins in two tabs do not affect each other. */
export type CookieName =
  | "session"
  | "csrf-token"
  | "return-to"
  | "signed-out"
  | "ticket-secret"
  | "language"
  | "waiting"
  | "shown-mobile"
  | `state.${string}`;

/**
 * A cookie's name and attributes. Over https it is Secure and bound to this host: without `__Host-` a sibling
 * subdomain could set it. (S23)
 */
export function cookieSettings(name: CookieName) {
  const secure = env().NEXTAUTH_URL.startsWith("https://");
  const options = { httpOnly: true, sameSite: "lax" as const, path: "/", secure };
  return { name: secure ? `__Host-${name}` : name, options };
}

const sealed = /^[\w-]+(?:\.[\w-]*){4}$/;

/** The form in which this app, or next-auth for it, issues each cookie that it reads. */
const forms = {
  session: sealed,
  waiting: sealed,
  "shown-mobile": sealed,
  state: sealed,
  "csrf-token": /^[\da-f]{64}\|[\da-f]{64}$/,
  "signed-out": /^1$/,
  "ticket-secret": /^[\w-]{43}$/,
  language: /^[\w-]{2,20}$/,
};

type ReadableName = Exclude<CookieName, "return-to">;

/** A cookie of the current request; null when it is missing or has another form than the issued ones. (S37) */
export async function readCookie(name: ReadableName): Promise<string | null> {
  const value = (await cookies()).get(cookieSettings(name).name)?.value ?? "";
  return formOf(name).test(value) ? value : null;
}

function formOf(name: ReadableName): RegExp {
  return isState(name) ? forms.state : forms[name];
}

function isState(name: ReadableName): name is `state.${string}` {
  return name.startsWith("state.");
}

/** The part of each cookie's name after `prefix`, in the order in which the browser sends them: the oldest first. */
export async function listCookies(prefix: "state." | "session"): Promise<string[]> {
  const start = cookieSettings(prefix).name;
  const names = (await cookies()).getAll().map(({ name }) => name);
  return names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
}

/** Sets a cookie with the current response; without a life it ends with the browser. Works in route handlers and server actions. */
export async function writeCookie(name: CookieName, value: string, lifeSeconds?: number): Promise<void> {
  const cookie = cookieSettings(name);
  (await cookies()).set(cookie.name, value, { ...cookie.options, maxAge: lifeSeconds });
}

/** The same until a given time, in the form in which next-auth writes the session's cookie: without Max-Age. */
export async function renewCookie(name: "session", value: string, expires: Date): Promise<void> {
  const cookie = cookieSettings(name);
  (await cookies()).set(cookie.name, value, { ...cookie.options, expires });
}

/** Removes a cookie with the current response; browsers require the attributes that it was set with. */
export async function deleteCookie(name: CookieName): Promise<void> {
  await writeCookie(name, "", 0);
}
