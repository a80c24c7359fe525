import { consumeCode } from "../identity/codes";
import { issueUserToken, refreshUserToken } from "../identity/tokens";
import { type UserToken } from "../records";
import { apiRefusal, type Refusal } from "../refusal";
import { type Store } from "../store";

/** POST /v1.0/oauth2/userAccessToken; neither redirect_uri nor a PKCE verifier is part of it. */
export function exchange(store: Store, body: Record<string, unknown>) {
  requireFields(body, ["clientId", "clientSecret", "grantType"]);
  requireApp(store, body.clientId, body.clientSecret);
  const token = body.grantType === "refresh_token" ? byRefresh(store, body) : byCode(store, body);
  const corp = token.scope.split(" ").includes("corpid") ? { corpId: token.corpId } : {};
  return {
    accessToken: token.value,
    refreshToken: token.refreshToken,
    expireIn: store.settings.tokenLifeSeconds,
    ...corp,
  };
}

export function requireApp(store: Store, clientId: unknown, clientSecret: unknown): void {
  if (clientId === store.options.clientId && clientSecret === store.options.clientSecret) return;
  throw apiRefusal(400, { code: "invalidClientIdOrSecret", message: "无效的clientId或者clientSecret" });
}

export function requireFields(body: Record<string, unknown>, names: string[]): void {
  const missing = names.find((name) => typeof body[name] !== "string" || body[name] === "");
  if (!missing) return;
  throw apiRefusal(400, { code: `Missing${missing}`, message: `${missing} is mandatory for this action.` });
}

function byCode(store: Store, body: Record<string, unknown>): UserToken {
  requireFields(body, ["code"]);
  const code = consumeCode(store, String(body.code), { kind: "auth", clientId: store.options.clientId });
  if (!code) throw codeNotFound();
  return issueUserToken(store, code);
}

function byRefresh(store: Store, body: Record<string, unknown>): UserToken {
  requireFields(body, ["refreshToken"]);
  const token = refreshUserToken(store, String(body.refreshToken));
  if (!token) throw codeNotFound();
  return token;
}

function codeNotFound(): Refusal {
  return apiRefusal(400, { code: "invalidParameter.authCode.notFound", message: "不合法的临时授权码" });
}
