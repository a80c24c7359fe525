import { z } from "zod";
import { type Store } from "../store";

const requestSchema = z.object({
  client_id: z.string(),
  redirect_uri: z.url(),
  response_type: z.literal("code"),
  scope: z.string().refine((scope) => scope.split(" ").includes("openid")),
  prompt: z.literal("consent"),
  state: z.string().optional(),
  corpId: z.string().optional(),
  org_type: z.string().optional(),
  iframe: z.literal("true").optional(),
  lang: z.string().optional(),
});

/** The parameters of /oauth2/auth, checked. There is no nonce and no PKCE at DingTalk: what is not known is ignored. */
export type LoginRequest = z.output<typeof requestSchema>;

export type LoginProblem = { code: string; name: "unknownApp" | "foreignRedirect" | "badParameter"; detail: string };

/** A problem is shown on this host's page; it never travels to the redirect address. */
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

export function isProblem(value: LoginRequest | LoginProblem): value is LoginProblem {
  return "detail" in value;
}

/** The query that leads back to the same login. */
export function toQuery(request: LoginRequest): string {
  return new URLSearchParams(request).toString();
}

/** The address the browser returns to, with the answer beside whatever the address already carries. */
export function returnUrl(request: LoginRequest, answer: Record<string, string>): string {
  const url = new URL(request.redirect_uri);
  const state = request.state === undefined ? {} : { state: request.state };
  for (const [name, value] of Object.entries({ ...answer, ...state })) url.searchParams.append(name, value);
  return url.href;
}

/** An entry without a path stands for its whole origin, one with a path only for itself. */
function isWhitelisted(store: Store, redirectUri: string): boolean {
  const url = new URL(redirectUri);
  const registered = store.settings.redirectWhitelist ?? [store.options.appUrl, store.addresses.webview];
  return registered
    .map((entry) => new URL(entry))
    .some((entry) => {
      return entry.origin === url.origin && (entry.pathname === "/" || entry.pathname === url.pathname);
    });
}
