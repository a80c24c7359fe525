import { type Person } from "../company/person";
import { corpOf, mintCode } from "../identity/codes";
import { type Store } from "../store";
import { type LoginRequest, returnUrl } from "./request";

export type LoginFailure = { success: false; errorCode: number; errorMsg: string };
export type LoginSuccess = { success: true; redirectUrl: string };

/** What the login ends with. DingTalk was seen to let outsiders through: keeping them out is the app's work. */
export function agree(store: Store, request: LoginRequest, person: Person): LoginSuccess | LoginFailure {
  if (store.settings.loginRefusesOutsiders && person.membership !== "member") {
    return { success: false, errorCode: 11_055, errorMsg: "操作失败，你不在组织内" };
  }
  const terms = {
    kind: "auth",
    clientId: request.client_id,
    corpId: corpOf(store, person),
    scope: request.scope,
  } as const;
  return { success: true, redirectUrl: returnUrl(request, codeParameters(store, mintCode(store, person, terms))) };
}

/** The values of `error` are published nowhere; this one is OAuth's own. */
export function decline(request: LoginRequest): LoginSuccess {
  return { success: true, redirectUrl: returnUrl(request, { error: "access_denied" }) };
}

/** Older services return authCode alone, the present one both with the same value. */
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
