import { type NextAuthOptions } from "next-auth";
import { env } from "../env";
import { cookieSettings, deleteCookie } from "../http/cookies";
import { log } from "../log";
import { findLiveSession } from "../sessions/session";
import { refusalAddress } from "./refuse";
import { unseal } from "./seal";
import { signOut } from "./sign-out";

/** next-auth's options for one request, which leads to `returnTo` when it signs in. */
export function authOptions(providers: NextAuthOptions["providers"], returnTo: string): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    providers,
    cookies: {
      sessionToken: cookieSettings("session"),
      csrfToken: cookieSettings("csrf-token"),
      callbackUrl: cookieSettings("return-to"),
    },
    jwt: { decode: ({ token }) => unseal("", token ?? null) },
    session: { strategy: "jwt", maxAge: env().SESSION_MAX_DAYS * 86_400 },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    callbacks: {
      ...sessionCallbacks,
      signIn: ({ user: { refused } }) => (refused ? refusalAddress(refused, returnTo) : true),
      redirect: () => env().NEXTAUTH_URL + returnTo,
    },
    events: {
      signIn: () => deleteCookie("signed-out"),
      signOut: () => signOut(),
    },
    logger: {
      error: (code, details) => log().warn({ code, err: "error" in details ? details.error : details }, "next-auth"),
      warn: (code) => log().debug({ code }, "next-auth"),
      debug: () => {},
    },
  };
}

/** The cookie carries a session id and nothing else; the row behind it decides. */
const sessionCallbacks: NextAuthOptions["callbacks"] = {
  jwt: ({ token, user }) => ({ sessionId: user?.id ?? token.sessionId }),
  async session({ session, token }) {
    const live = token.sessionId ? await findLiveSession(token.sessionId) : null;
    // next-auth answers an empty session, and clears the cookie, when this throws.
    if (!live) throw new Error("The session has ended.");
    return { expires: session.expires, user: { name: live.employee.name } };
  },
};
