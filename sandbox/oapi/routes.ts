import { Hono } from "hono";
import { isObject, jsonResponse, type SandboxApp, type SandboxContext } from "../http";
import { issueCorpToken } from "../identity/credentials";
import { oapiRefusal, oapiRequestId } from "../refusal";
import { type Store } from "../store";
import { departmentMethods } from "./departments";
import { type OapiCall, type OapiMethod, runMethod } from "./gateway";
import { flatMethods, messageMethods } from "./messages";
import { legacyDetails, peopleMethods } from "./people";

const topapi: Record<string, OapiMethod> = { ...peopleMethods, ...departmentMethods, ...messageMethods };

const oldPaths: Record<string, OapiMethod> = {
  "/user/get": { permission: "qyapi_get_member", run: legacyDetails },
  "/auth/scopes": { permission: "qyapi_base", run: authScopes },
};

/** oapi.dingtalk.com: /topapi/* by POST and the old paths by GET. The HTTP status is always 200. */
export function createOapi(store: Store): SandboxApp {
  const oapi: SandboxApp = new Hono();
  oapi.all("/topapi/*", (c) => handleTopapi(store, c));
  oapi.all("/gettoken", (c) => oapiResponse(getToken(store, c)));
  for (const [path, method] of Object.entries(oldPaths)) {
    oapi.get(path, async (c) => oapiResponse(await runMethod(store, c, method)));
  }
  return oapi;
}

async function handleTopapi(store: Store, c: SandboxContext): Promise<Response> {
  const method = topapi[c.req.path];
  if (!method) throw oapiRefusal(22, "不合法ApiName");
  if (c.req.method !== "POST") throw oapiRefusal(43_002, "需要POST请求");
  const result = await runMethod(store, c, method);
  const head = { errcode: 0, errmsg: "ok", request_id: oapiRequestId() };
  const isFlat = flatMethods.includes(c.req.path) && isObject(result);
  return oapiResponse(isFlat ? { ...head, ...result } : { ...head, result });
}

/** GET with a query. The live service refuses the POST form that the documents show. */
function getToken(store: Store, c: SandboxContext) {
  if (c.req.method !== "GET") throw oapiRefusal(40_035, "不合法的参数");
  const { appkey, appsecret } = c.req.query();
  if (!appkey || !appsecret) throw oapiRefusal(41_001, "缺少appkey或appsecret参数");
  if (appkey !== store.options.clientId || appsecret !== store.options.clientSecret) {
    throw oapiRefusal(40_096, "不合法的appKey或appSecret");
  }
  const token = issueCorpToken(store).value;
  return { errcode: 0, errmsg: "ok", access_token: token, expires_in: store.settings.tokenLifeSeconds };
}

/** What the app may read: its contact scope and its field permissions. */
function authScopes({ store, may }: OapiCall) {
  return {
    errcode: 0,
    errmsg: "ok",
    auth_org_scopes: { authed_user: [], authed_dept: store.settings.contactScope.departments },
    auth_user_field: [
      "name",
      "userid",
      "avatar",
      ...(may("fieldMobile") ? ["mobile"] : []),
      ...(may("fieldEmail") ? ["email"] : []),
    ],
    condition_field: [],
  };
}

function oapiResponse(body: unknown): Response {
  return jsonResponse(body, { headers: { server: "DingTalk/1.0.0" } });
}
