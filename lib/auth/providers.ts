import { type NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { type OAuthConfig } from "next-auth/providers/oauth";
import { env } from "../env";
import { type Admission, type Attempt, admit } from "./admit";
import { type Identified, identifyByAuthCode, identifyBySilentCode, identifyByTicket } from "./identify";

/** The browser an attempt comes from; the provider adds the way in. */
export type Browser = Omit<Attempt, "method"> & { ticketSecret: string | null };

/** What the gate decided in this request. It decides before next-auth hears of a person. */
export type Verdict = { admission: Admission | null };

/** The ways in, for one request. A provider is a way in: next-auth binds a state to its provider, so they cannot be swapped. (S2) */
export function providers(browser: Browser, verdict: Verdict): NextAuthOptions["providers"] {
  const redirect = oauth("dingtalk", { ...browser, method: "redirect" }, verdict);
  const frame = oauth("dingtalk-frame", { ...browser, method: "frame" }, verdict);
  return [redirect, frame, silent(browser, verdict), ticket(browser, verdict)];
}

/** Both come back to one address, so that DingTalk's console needs only one; the frame's page forwards its answer itself. */
function callbackAddress(): string {
  return `${env().NEXTAUTH_URL}/api/auth/callback/dingtalk`;
}

/**
 * DingTalk's OAuth is not the standard's: JSON bodies, its own header, no PKCE. So the exchange is ours.
 * https://open.dingtalk.com/document/development/obtain-identity-credentials
 */
function oauth(id: string, attempt: Attempt, verdict: Verdict): OAuthConfig<object> {
  const frame = attempt.method === "frame" ? { iframe: "true" } : {};
  return {
    id,
    name: "DingTalk",
    type: "oauth",
    checks: ["state"],
    clientId: env().DINGTALK_CLIENT_ID,
    clientSecret: env().DINGTALK_CLIENT_SECRET,
    authorization: {
      url: `${env().DINGTALK_LOGIN_URL}/oauth2/auth`,
      params: { ...frame, redirect_uri: callbackAddress(), response_type: "code", scope: "openid", prompt: "consent" },
    },
    token: {
      url: `${env().DINGTALK_API_URL}/v1.0/oauth2/userAccessToken`,
      async request({ params, checks }) {
        verdict.admission = await admit(attempt, () => identify(params, checks.state));
        return { tokens: {} };
      },
    },
    userinfo: { url: `${env().DINGTALK_API_URL}/v1.0/contact/users/me`, request: async () => ({}) },
    profile: () => ({ id: admittedSession(verdict) ?? "refused" }),
  };
}

type Callback = { state?: string; code?: string };

/** next-auth compares no state when the exchange is custom, so it is compared here: absent on either side is a refusal. (S1) */
async function identify({ state, code }: Callback, expected: string | undefined): Promise<Identified> {
  if (!state || !expected || state !== expected) return { refused: "state_mismatch" };
  return identifyByAuthCode({ state, ...(code && { code }) });
}

/** The session that this request opened, or null. */
export function admittedSession({ admission }: Verdict): string | null {
  return admission && "sessionId" in admission ? admission.sessionId : null;
}

function silent(browser: Browser, verdict: Verdict) {
  return byPost("dingtalk-silent", verdict, ({ code }) =>
    admit({ ...browser, method: "silent" }, async () =>
      isShort(code) ? identifyBySilentCode(code) : { refused: "bad_request" },
    ),
  );
}

function ticket({ ticketSecret, ...browser }: Browser, verdict: Verdict) {
  return byPost("dingtalk-ticket", verdict, ({ ticket: id }) =>
    admit({ ...browser, method: "ticket" }, async () =>
      ticketSecret && isShort(id) ? identifyByTicket({ id, secret: ticketSecret }) : { refused: "ticket_expired" },
    ),
  );
}

type Fields = Record<string, unknown>;

/** A way in where our own page hands over what it has. */
function byPost(id: string, verdict: Verdict, decide: (fields: Fields) => Promise<Admission>) {
  return Credentials({
    id,
    name: "DingTalk",
    credentials: {},
    async authorize(fields) {
      verdict.admission = await decide(fields ?? {});
      const sessionId = admittedSession(verdict);
      return sessionId ? { id: sessionId } : null;
    },
  });
}

function isShort(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= 512;
}
