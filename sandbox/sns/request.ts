import { z } from "zod";
import { isWhitelisted, type LoginProblem } from "../login/authorization";
import { type Store } from "../store";

const snsRequestSchema = z.object({
  appid: z.string(),
  response_type: z.literal("code"),
  /** snsapi_login for a browser, snsapi_auth for a page inside DingTalk. */
  scope: z.enum(["snsapi_login", "snsapi_auth"]),
  state: z.string().optional(),
  redirect_uri: z.url(),
});

/** The parameters of /connect/qrconnect and /connect/oauth2/sns_authorize. */
export type SnsRequest = z.output<typeof snsRequestSchema>;

export function readSnsRequest(store: Store, parameters: Record<string, unknown>): SnsRequest | LoginProblem {
  if (parameters.appid !== store.options.clientId) {
    return { code: "900103", name: "unknownApp", detail: String(parameters.appid ?? "") };
  }
  const parsed = snsRequestSchema.safeParse(parameters);
  if (!parsed.success) {
    return { code: "400002", name: "badParameter", detail: parsed.error.issues.map((one) => one.path[0]).join(", ") };
  }
  if (isWhitelisted(store, parsed.data.redirect_uri)) return parsed.data;
  return { code: "50001", name: "foreignRedirect", detail: new URL(parsed.data.redirect_uri).origin };
}

/** The request inside `goto`, which the frame of the older script receives. */
export function readGoto(store: Store, goto: string | undefined): SnsRequest | LoginProblem {
  const url = goto && URL.canParse(goto) ? new URL(goto) : null;
  if (url?.pathname !== "/connect/oauth2/sns_authorize")
    return { code: "400002", name: "badParameter", detail: "goto" };
  return readSnsRequest(store, Object.fromEntries(url.searchParams));
}

/** The redirect address with the answer; the code is called `code` here, never `authCode`. */
export function snsReturnUrl(request: SnsRequest, code: string): string {
  const url = new URL(request.redirect_uri);
  const state = request.state === undefined ? {} : { state: request.state };
  for (const [name, value] of Object.entries({ code, ...state })) url.searchParams.append(name, value);
  return url.href;
}

export function isSnsProblem(value: SnsRequest | LoginProblem): value is LoginProblem {
  return "detail" in value;
}
