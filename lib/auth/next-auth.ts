import NextAuth, { type NextAuthOptions } from "next-auth";
import { env } from "../env";
import { authCookies, setCookieLine, signedOutCookie, signedOutSeconds } from "../http/cookies";
import { safeReturnTo } from "../http/return-to";
import { log } from "../log";
import { endAtOwnWish } from "../sessions/end-at-own-wish";
import { findLiveSession } from "../sessions/live";
import { admittedSession, type Browser, providers, type Verdict } from "./providers";
import { unseal } from "./seal";

declare module "next-auth/jwt" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged with next-auth's.
  interface JWT {
    sessionId?: string;
  }
}

/** A request as next-auth reads it. */
export type Call = {
  action: string[];
  method: string;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  cookies: Record<string, string>;
  headers?: Record<string, string>;
};

export type Answer = Verdict & { status: number; location: string | null; setCookies: string[]; body: unknown };

/**
 * Asks next-auth. Its form for Next's older API routes is used because there the request is plain data: one call can be
 * built on another's cookies, which the form for route handlers takes from the surroundings.
 */
export async function askNextAuth({ action, query, ...call }: Call, browser: Browser): Promise<Answer> {
  const answer: Answer = { status: 200, location: null, setCookies: [], body: null, admission: null };
  const request = { headers: {}, ...call, query: { ...query, nextauth: action } };
  await Reflect.apply(NextAuth, undefined, [request, recorder(answer), options(browser, answer)]);
  return answer;
}

/** The little of Next's API response that next-auth touches. */
function recorder(answer: Answer) {
  const record = {
    status: (status: number) => Object.assign(answer, { status }) && record,
    getHeader: () => answer.setCookies,
    setHeader(name: string, value: unknown) {
      if (name === "Set-Cookie" && Array.isArray(value)) answer.setCookies = value;
      if (name === "Location") answer.location = String(value);
      return record;
    },
    json: (body: unknown) => void Object.assign(answer, { body }),
    send: (body: unknown) => void Object.assign(answer, { body }),
    end: () => {},
  };
  return record;
}

function options(browser: Browser, answer: Answer): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    providers: providers(browser, answer),
    cookies: authCookies(),
    jwt: { decode: ({ token }) => unseal({ token }) },
    session: { strategy: "jwt", maxAge: env().SESSION_MAX_DAYS * 86_400 },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    callbacks: { ...callbacks, signIn: () => admittedSession(answer) !== null },
    events: { signOut: ({ token }) => leave(token.sessionId, { browser, answer }) },
    logger: {
      error: (code, details) => log().warn({ code, err: "error" in details ? details.error : details }, "next-auth"),
      warn: (code) => log().debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}

/** The cookie carries a session id and nothing else; the row behind it decides. */
const callbacks: NextAuthOptions["callbacks"] = {
  jwt: ({ token, user }) => ({ sessionId: user?.id ?? token.sessionId }),
  async session({ session, token }) {
    const live = token.sessionId ? await findLiveSession(token.sessionId) : null;
    // next-auth answers an empty session, and clears the cookie, when this throws.
    if (!live) throw new Error("session ended");
    return { expires: session.expires, user: { name: live.employee.name } };
  },
  redirect: ({ url }) => env().NEXTAUTH_URL + safeReturnTo(pathOf(url)),
};

/** The same as the page's own sign-out, for who asks next-auth. (S15) */
async function leave(sessionId: string | undefined, { browser, answer }: { browser: Browser; answer: Answer }) {
  const live = sessionId ? await findLiveSession(sessionId) : null;
  if (live) await endAtOwnWish(live.session, browser.client);
  answer.setCookies.push(setCookieLine(signedOutCookie(), "1", signedOutSeconds));
}

/** next-auth hands over what the browser asked for, a path or an address; only our own origin keeps its path. */
function pathOf(url: string): string | null {
  const { NEXTAUTH_URL } = env();
  if (url.startsWith("/")) return url;
  return url.startsWith(`${NEXTAUTH_URL}/`) ? url.slice(NEXTAUTH_URL.length) : null;
}
