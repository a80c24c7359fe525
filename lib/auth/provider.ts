import { type NextAuthOptions, type User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { type OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { env } from "../env";
import { readCookie } from "../http/cookies";
import { refusals } from "../refusals";
import { callbackPath, providers } from "../sign-in-method";
import { type Attempt, admit, type SignInResult } from "./admit";
import { identifyByAuthCode, identifyBySilentCode, identifyByTicket, type OAuthCallback } from "./identify";
import { type OAuthState } from "./oauth-state";
import { type Refused, refuse } from "./refuse";
import { type HasToWait, inTurn } from "./turn";

declare module "next-auth" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged with next-auth's.
  interface User {
    /** Set instead of a session when the sign-in is refused. */
    refused?: Refused;
    /** Set instead of a session when the sign-in has to wait for its turn. */
    wait?: HasToWait["wait"];
  }
}

/** The browser that signs in; each provider adds its method. */
export type SignInBrowser = Omit<Attempt, "method"> & {
  /** Aborted when the browser closes the connection. */
  signal: AbortSignal;
};

/** What DingTalk's redirect brought to this browser; `state` is null when the browser did not begin that sign-in. */
export type Callback = Omit<OAuthCallback, "state"> & { state: OAuthState | null };

/** Every provider of the app, for one request. All of them end in `admit`. */
export function createProviders(browser: SignInBrowser, callback: Callback): NextAuthOptions["providers"] {
  return [dingtalk(browser, callback), silent(browser), ticket(browser)];
}

/**
 * DingTalk's OAuth differs from the standard's: JSON bodies, a header of its own, no PKCE. So the exchange is ours, and so
 * is the state. DingTalk's tokens stay inside it; next-auth receives only the result. (S7)
 * https://open.dingtalk.com/document/development/obtain-identity-credentials
 */
function dingtalk(browser: SignInBrowser, { state, ...answer }: Callback): OAuthConfig<object> {
  const { DINGTALK_CLIENT_ID, DINGTALK_CLIENT_SECRET, DINGTALK_API_URL, DINGTALK_LOGIN_URL } = env();
  const signIn = async (): Promise<SignInResult | HasToWait> => {
    if (!state) return refuse({ client: browser.client, method: null, refusal: "state_mismatch" });
    const attempt = { ...browser, method: state.method };
    const identify = () => admit(attempt, () => identifyByAuthCode({ ...answer, state }));
    const { code, isDenied } = answer;
    return code && !isDenied ? inTurn({ ...attempt, oauth: { state: state.state, code } }, identify) : identify();
  };
  return {
    id: providers.redirect,
    name: "DingTalk",
    type: "oauth",
    checks: ["none"],
    clientId: DINGTALK_CLIENT_ID,
    clientSecret: DINGTALK_CLIENT_SECRET,
    authorization: `${DINGTALK_LOGIN_URL}/oauth2/auth`,
    token: {
      url: `${DINGTALK_API_URL}/v1.0/oauth2/userAccessToken`,
      request: async () => ({ tokens: await signIn() }),
    },
    userinfo: {
      url: `${DINGTALK_API_URL}/v1.0/contact/users/me`,
      // The exchange has already asked who it is.
      request: async () => ({}),
    },
    profile: (_profile, tokens) => toUser(signInResult.parse(tokens)),
  };
}

/** The address of DingTalk's login page for one sign-in. DingTalk is given one callback address for both methods. (S5, S6) */
export function authorizationUrl({ state, method }: Pick<OAuthState, "state" | "method">): string {
  const { DINGTALK_LOGIN_URL, DINGTALK_CLIENT_ID, NEXTAUTH_URL } = env();
  const parameters = new URLSearchParams({
    client_id: DINGTALK_CLIENT_ID,
    redirect_uri: NEXTAUTH_URL + callbackPath("redirect"),
    response_type: "code",
    scope: "openid",
    prompt: "consent",
    state,
    ...(method === "frame" && { iframe: "true" }),
  });
  return `${DINGTALK_LOGIN_URL}/oauth2/auth?${parameters}`;
}

const shortText = z.string().min(1).max(512);

function silent(browser: SignInBrowser) {
  const attempt = { ...browser, method: "silent" } as const;
  return credentials(providers.silent, async (fields) => {
    const code = shortText.safeParse(fields.code);
    if (!code.success) return refuse({ client: browser.client, method: "silent", refusal: "bad_request" });
    return inTurn({ ...attempt, oauth: null }, () => admit(attempt, () => identifyBySilentCode(code.data)));
  });
}

function ticket(browser: SignInBrowser) {
  return credentials(providers.ticket, (fields) =>
    admit({ ...browser, method: "ticket" }, async () => {
      const id = shortText.safeParse(fields.ticket);
      const secret = await readCookie("ticket-secret");
      return id.success && secret ? identifyByTicket({ id: id.data, secret }) : { refusal: "ticket_expired" };
    }),
  );
}

/** A provider to which our own page posts what it has. */
function credentials(id: string, signIn: (fields: Record<string, unknown>) => Promise<SignInResult | HasToWait>) {
  const authorize = async (fields: Record<string, unknown> | undefined) => toUser(await signIn(fields ?? {}));
  return Credentials({ id, name: "DingTalk", credentials: {}, authorize });
}

const signInResult = z.union([
  z.object({ sessionId: z.string() }),
  z.object({ refusal: z.enum(refusals), reference: z.string() }),
  z.object({ wait: z.object({ place: z.number(), seconds: z.number() }) }),
]);

/** A sign-in's result in the shape that next-auth hands on to its callbacks. */
function toUser(result: SignInResult | HasToWait): User {
  if ("wait" in result) return { id: "waiting", wait: result.wait };
  return "sessionId" in result ? { id: result.sessionId } : { id: result.reference, refused: result };
}
