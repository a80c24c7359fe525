import { z } from "zod";
import { type SandboxContext } from "../http";
import { consumeCode, issueCorpToken, issueUserToken, refreshUserToken } from "../identity/credentials";
import { issueJsapiTicket, secondsLeft } from "../identity/jsapi-ticket";
import { type UserToken } from "../records";
import { apiRefusal, type Refusal } from "../refusal";
import { type Store } from "../store";
import { readFields, requireCorpToken, requiredText } from "./guards";

type Body = Record<string, unknown>;

const grantSchema = z.object({ clientId: requiredText, clientSecret: requiredText, grantType: requiredText });
const appSchema = z.object({ appKey: requiredText, appSecret: requiredText });

/** POST /v1.0/oauth2/userAccessToken. It takes neither redirect_uri nor a PKCE verifier. */
export function userAccessToken(store: Store, body: Body) {
  const grant = readFields(body, grantSchema);
  requireApp(store, grant.clientId, grant.clientSecret);
  const token = grantToken(store, grant.grantType, body);
  const corp = token.scope.split(" ").includes("corpid") ? { corpId: token.corpId } : {};
  return {
    accessToken: token.value,
    refreshToken: token.refreshToken,
    expireIn: store.settings.tokenLifeSeconds,
    ...corp,
  };
}

/** POST /v1.0/oauth2/accessToken. */
export function appAccessToken(store: Store, body: Body) {
  const { appKey, appSecret } = readFields(body, appSchema);
  requireApp(store, appKey, appSecret);
  return { accessToken: issueCorpToken(store).value, expireIn: store.settings.tokenLifeSeconds };
}

/** POST /v1.0/oauth2/{corpId}/token, the only v1.0 endpoint with snake_case. */
export function unifiedCorpToken(store: Store, corpId: string, body: Body) {
  if (corpId !== store.options.corpId) throw apiRefusal(500, { code: "unknownError", message: "未知错误" });
  if (body.grant_type !== "client_credentials") throw grantRefusal("unsupported.grant.type");
  const isOurApp = body.client_id === store.options.clientId && body.client_secret === store.options.clientSecret;
  if (!isOurApp) throw grantRefusal("invalid.client");
  return { access_token: issueCorpToken(store).value, expires_in: store.settings.tokenLifeSeconds };
}

/** POST /v1.0/oauth2/jsapiTickets. */
export function jsapiTicket(store: Store, c: SandboxContext) {
  requireCorpToken(store, c);
  const ticket = issueJsapiTicket(store);
  return { jsapiTicket: ticket.value, expireIn: secondsLeft(store, ticket) };
}

function grantToken(store: Store, grantType: string, body: Body): UserToken {
  if (grantType === "authorization_code") return codeGrant(store, body);
  if (grantType === "refresh_token") return refreshGrant(store, body);
  throw grantRefusal("unsupported.grant.type");
}

function codeGrant(store: Store, body: Body): UserToken {
  const { code: value } = readFields(body, z.object({ code: requiredText }));
  const code = consumeCode(store, value, { kind: "auth", clientId: store.options.clientId });
  if (!code) throw codeNotFound();
  return issueUserToken(store, code);
}

function refreshGrant(store: Store, body: Body): UserToken {
  const { refreshToken } = readFields(body, z.object({ refreshToken: requiredText }));
  const token = refreshUserToken(store, refreshToken);
  if (!token) throw codeNotFound();
  return token;
}

function requireApp(store: Store, clientId: string, clientSecret: string): void {
  if (clientId === store.options.clientId && clientSecret === store.options.clientSecret) return;
  throw apiRefusal(400, { code: "invalidClientIdOrSecret", message: "无效的clientId或者clientSecret" });
}

function grantRefusal(code: string): Refusal {
  return apiRefusal(400, { code, message: code });
}

function codeNotFound(): Refusal {
  return apiRefusal(400, { code: "invalidParameter.authCode.notFound", message: "不合法的临时授权码" });
}
