import { type SandboxContext } from "../http";
import { issueCorpToken, newSecret } from "../identity/credentials";
import { oapiRefusal } from "../refusal";
import { type Store } from "../store";
import { requireOapiLimits } from "./gateway";

/**
 * GET /gettoken with a query; the live service refuses the POST form that the documents show. Organisations from before
 * 2019 use the form with corpid and corpsecret.
 */
export function getToken(store: Store, c: SandboxContext) {
  if (c.req.method !== "GET") throw oapiRefusal(40_035, "不合法的参数");
  requireOapiLimits(store, c);
  const { appkey, appsecret, corpid, corpsecret } = c.req.query();
  if (corpid || corpsecret) requireCorpSecret(store, corpid, corpsecret);
  else requireAppSecret(store, appkey, appsecret);
  const token = issueCorpToken(store).value;
  return { errcode: 0, errmsg: "ok", access_token: token, expires_in: store.settings.tokenLifeSeconds };
}

/** GET /sns/gettoken: a token of the app for personal calls. It is no corp token, and the response has no lifetime. */
export function getSnsToken(store: Store, c: SandboxContext) {
  requireOapiLimits(store, c);
  const { appid, appsecret } = c.req.query();
  requireAppSecret(store, appid, appsecret);
  return { errcode: 0, errmsg: "ok", access_token: newSecret() };
}

function requireAppSecret(store: Store, appkey: string | undefined, appsecret: string | undefined): void {
  if (!appkey || !appsecret) throw oapiRefusal(41_001, "缺少appkey或appsecret参数");
  if (appkey === store.options.clientId && appsecret === store.options.clientSecret) return;
  throw oapiRefusal(40_096, "不合法的appKey或appSecret");
}

function requireCorpSecret(store: Store, corpid: string | undefined, corpsecret: string | undefined): void {
  if (corpid === store.options.corpId && corpsecret === store.options.corpSecret) return;
  throw oapiRefusal(40_089, "不合法的corpid或corpsecret");
}
