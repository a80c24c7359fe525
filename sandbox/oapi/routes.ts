import { Hono } from "hono";
import { callbackMethods, postCallbackPaths } from "../events/registration";
import { isObject, jsonResponse, type SandboxApp, type SandboxContext } from "../http";
import { issueJsapiTicket, secondsLeft } from "../identity/jsapi-ticket";
import { oapiRefusal, oapiRequestId } from "../refusal";
import { type Store } from "../store";
import { getSnsToken, getToken } from "./app-tokens";
import { departmentMethods, oldDepartmentMethods } from "./departments";
import { type OapiCall, type OapiMethod, runMethod } from "./gateway";
import { flatMethods, messageMethods } from "./messages";
import { oldPeopleMethods, peopleMethods } from "./people";
import { roleMethods } from "./roles";

const topapi: Record<string, OapiMethod> = {
  ...peopleMethods,
  ...departmentMethods,
  ...roleMethods,
  ...messageMethods,
};

const oldPaths: Record<string, OapiMethod> = {
  ...oldPeopleMethods,
  ...oldDepartmentMethods,
  ...callbackMethods,
  "/auth/scopes": { permission: "qyapi_base", run: authScopes },
  "/get_jsapi_ticket": { permission: "qyapi_base", run: getJsapiTicket },
};

/** oapi.dingtalk.com: /topapi/* by POST and the old paths by GET. The HTTP status is always 200. */
export function createOapi(store: Store): SandboxApp {
  const oapi: SandboxApp = new Hono();
  oapi.all("/topapi/*", (c) => handleTopapi(store, c));
  oapi.all("/gettoken", (c) => oapiResponse(getToken(store, c)));
  oapi.get("/sns/gettoken", (c) => oapiResponse(getSnsToken(store, c)));
  for (const [path, method] of Object.entries(oldPaths)) {
    const verb = postCallbackPaths.includes(path) ? "POST" : "GET";
    oapi.on(verb, path, async (c) => oapiResponse(flatResult(await runMethod(store, c, method))));
  }
  return oapi;
}

function flatResult(result: unknown): Record<string, unknown> {
  return { errcode: 0, errmsg: "ok", ...(isObject(result) ? result : {}) };
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

/** What the app may read: its contact scope and its field permissions. */
function authScopes({ store, may }: OapiCall) {
  const { departments, people } = store.settings.contactScope;
  return {
    auth_org_scopes: { authed_user: people, authed_dept: departments },
    auth_user_field: [
      "jobnumber",
      "isLeader",
      "name",
      "position",
      "isAdmin",
      "avatar",
      "department",
      "userid",
      "deviceId",
      "isHide",
      ...(may("fieldMobile") ? ["mobile"] : []),
      ...(may("fieldEmail") ? ["email"] : []),
    ],
    condition_field: [],
  };
}

function getJsapiTicket({ store }: OapiCall) {
  const ticket = issueJsapiTicket(store);
  return { ticket: ticket.value, expires_in: secondsLeft(store, ticket) };
}

function oapiResponse(body: unknown): Response {
  return jsonResponse(body, { headers: { server: "DingTalk/1.0.0" } });
}
