import { z } from "zod";
import { type Person } from "../company/people";
import { corpOf, mintCode } from "../identity/credentials";
import { type Store } from "../store";

const requestSchema = z.object({
  client_id: z.string(),
  redirect_uri: z.url(),
  response_type: z.literal("code"),
  scope: z.string().refine((scope) => scope.split(" ").includes("openid")),
  prompt: z.string().refine(isKnownPrompt),
  state: z.string().optional(),
  corpId: z.string().optional(),
  org_type: z.string().optional(),
  /** "true": the login page of one company, which is exclusiveCorpId or is asked for. */
  exclusiveLogin: z.enum(["true", "false"]).optional(),
  exclusiveCorpId: z.string().optional(),
  iframe: z.literal("true").optional(),
  lang: z.string().optional(),
});

/** The documents know "consent" only. Other clients add "login", which asks for a new login although there is a session. */
function isKnownPrompt(prompt: string): boolean {
  const words = prompt.split(" ");
  return words.includes("consent") && words.every((word) => word === "consent" || word === "login");
}

/** The checked parameters of /oauth2/auth. DingTalk knows neither nonce nor PKCE and ignores unknown parameters. */
export type LoginRequest = z.output<typeof requestSchema>;
export type LoginProblem = { code: string; name: "unknownApp" | "foreignRedirect" | "badParameter"; detail: string };
export type LoginFailure = { success: false; errorCode: number; errorMsg: string };
export type LoginSuccess = { success: true; redirectUrl: string };

/** A problem is shown on a page of this host; it is never sent to the redirect address. */
export function readLoginRequest(store: Store, parameters: Record<string, unknown>): LoginRequest | LoginProblem {
  if (parameters.client_id !== store.options.clientId) {
    return { code: "900103", name: "unknownApp", detail: String(parameters.client_id ?? "") };
  }
  const parsed = requestSchema.safeParse(parameters);
  if (!parsed.success) {
    return { code: "400002", name: "badParameter", detail: parsed.error.issues.map((one) => one.path[0]).join(", ") };
  }
  if (isWhitelisted(store, parsed.data.redirect_uri)) return parsed.data;
  return { code: "50001", name: "foreignRedirect", detail: new URL(parsed.data.redirect_uri).origin };
}

/** The request schema strips unknown keys, so only a problem has a detail. */
export function isProblem(value: LoginRequest | LoginProblem): value is LoginProblem {
  return "detail" in value;
}

/** Whether the request asks for a login although the browser has a session. */
export function asksForLogin(request: LoginRequest): boolean {
  return request.prompt.split(" ").includes("login");
}

/** The company of an exclusive login page: its corpId, "" while it has to be asked for, null on the ordinary page. */
export function exclusiveCorp(request: LoginRequest): string | null {
  return request.exclusiveLogin === "true" ? (request.exclusiveCorpId ?? "") : null;
}

/** The query that repeats this request. */
export function toQuery(request: LoginRequest): string {
  return new URLSearchParams(request).toString();
}

/** The result of consent. The real DingTalk lets outsiders continue by default, so the app has to refuse them itself. */
export function grantConsent(store: Store, request: LoginRequest, person: Person): LoginSuccess | LoginFailure {
  if (isRefused(store, request, person)) {
    return { success: false, errorCode: 11_055, errorMsg: "操作失败，你不在组织内" };
  }
  const code = mintCode(store, person, {
    kind: "auth",
    clientId: request.client_id,
    corpId: corpOf(store, person),
    scope: request.scope,
  });
  return { success: true, redirectUrl: returnUrl(request, codeParameters(store, code)) };
}

/** An exclusive login page accepts the members of its company only. */
function isRefused(store: Store, request: LoginRequest, person: Person): boolean {
  const corpId = exclusiveCorp(request);
  if (corpId !== null) return person.membership !== "member" || corpId !== store.options.corpId;
  return store.settings.loginRefusesOutsiders && person.membership !== "member";
}

/** DingTalk does not publish the values of `error`; this one is OAuth's. */
export function declineConsent(request: LoginRequest): LoginSuccess {
  return { success: true, redirectUrl: returnUrl(request, { error: "access_denied" }) };
}

/** Adds the response to the redirect address, which may already have a query. */
function returnUrl(request: LoginRequest, response: Record<string, string>): string {
  const url = new URL(request.redirect_uri);
  const state = request.state === undefined ? {} : { state: request.state };
  for (const [name, value] of Object.entries({ ...response, ...state })) url.searchParams.append(name, value);
  return url.href;
}

/** Older services return only authCode, the current one returns both with the same value. */
function codeParameters(store: Store, code: string): Record<string, string> {
  switch (store.settings.codeParameter) {
    case "authCode":
      return { authCode: code };
    case "code":
      return { code };
    case "both":
      return { authCode: code, code };
  }
}

/** An entry without a path allows its whole origin, an entry with a path only itself. */
export function isWhitelisted(store: Store, redirectUri: string): boolean {
  const url = new URL(redirectUri);
  const registered = store.settings.redirectWhitelist ?? [store.options.appUrl, store.addresses.webview];
  return registered
    .map((entry) => new URL(entry))
    .some((entry) => {
      return entry.origin === url.origin && (entry.pathname === "/" || entry.pathname === url.pathname);
    });
}
