import { type NextAuthOptions } from "next-auth";
import { env } from "../env";
import { cookieSettings, deleteCookie } from "../http/cookies";
import { log } from "../log";
import { type Viewer } from "../sessions/permission";
import { refusalAddress } from "./refuse";
import { seal, unseal } from "./seal";
import { sessionSeconds } from "./session-check";
import { signOut } from "./sign-out";
import { waitAddress } from "./wait-address";

type Setup = {
  providers: NextAuthOptions["providers"];
  /** Where a sign-in leads. */
  returnTo: string;
  /** Whom a request for the session describes. */
  viewer: Viewer | null;
};

/** next-auth's options for one request. */
export function authOptions({ providers, returnTo, viewer }: Setup): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    providers,
    cookies: {
      sessionToken: cookieSettings("session"),
      csrfToken: cookieSettings("csrf-token"),
      callbackUrl: cookieSettings("return-to"),
    },
    jwt: {
      encode: ({ token = {}, maxAge = sessionSeconds() }) => seal("", token, maxAge),
      decode: ({ token = null }) => unseal("", token),
    },
    session: { strategy: "jwt", maxAge: sessionSeconds() },
    pages: { signIn: "/login", signOut: "/login", error: "/login" },
    callbacks: {
      // The cookie carries a session id and nothing else; the row behind it decides.
      jwt: ({ token, user }) => ({ sessionId: user?.id ?? token.sessionId }),
      session({ session: { expires } }) {
        // next-auth answers an empty session, and deletes the cookie, when this throws.
        if (!viewer) throw new Error("The session has ended.");
        return { expires, user: { name: viewer.name } };
      },
      signIn({ user: { refused, wait } }) {
        if (wait) return waitAddress(wait);
        return refused ? refusalAddress(refused, returnTo) : true;
      },
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
