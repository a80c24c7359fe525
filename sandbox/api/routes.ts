import { Hono } from "hono";
import { jsonResponse, parseObject, type SandboxApp, type SandboxContext } from "../http";
import { apiRefusal, apiRequestId } from "../refusal";
import { type Store } from "../store";
import { connectionResponse, openConnection } from "../stream/gateway";
import { readContact } from "./contact";
import { requireApiLimits } from "./guards";
import { listLeaveRecords } from "./leave-records";
import { searchContacts, searchDepartments } from "./search";
import { authInfo, ssoToken, suiteCorpToken, suiteToken } from "./suite";
import { appAccessToken, jsapiTicket, unifiedCorpToken, userAccessToken } from "./tokens";

/** api.dingtalk.com: everything under /v1.0. */
export function createApi(store: Store): SandboxApp {
  const api: SandboxApp = new Hono();
  api.use(async (c, next) => {
    requireApiLimits(store, c);
    await next();
  });
  api.post("/oauth2/userAccessToken", async (c) => apiResponse(userAccessToken(store, await requireBody(c))));
  api.post("/oauth2/accessToken", async (c) => apiResponse(appAccessToken(store, await requireBody(c))));
  api.post("/oauth2/corpAccessToken", async (c) => apiResponse(suiteCorpToken(store, await requireBody(c))));
  api.post("/oauth2/suiteAccessToken", async (c) => apiResponse(suiteToken(store, await requireBody(c))));
  api.post("/oauth2/ssoAccessToken", async (c) => apiResponse(ssoToken(store, await requireBody(c))));
  api.get("/oauth2/apps/authInfo", (c) => apiResponse(authInfo(store, c)));
  api.post("/oauth2/jsapiTickets", (c) => apiResponse(jsapiTicket(store, c)));
  api.post("/oauth2/:corpId/token", async (c) => {
    return apiResponse(unifiedCorpToken(store, c.req.param("corpId"), await requireBody(c)));
  });
  api.post("/gateway/connections/open", async (c) => {
    const answer = openConnection(store, c, await requireBody(c));
    return connectionResponse(c, answer) ?? apiResponse(answer);
  });
  api.get("/contact/empLeaveRecords", (c) => apiResponse(listLeaveRecords(store, c)));
  api.get("/contact/users/:id", (c) => apiResponse(readContact(store, c)));
  api.post("/contact/users/search", async (c) => apiResponse(searchContacts(store, c, await requireBody(c))));
  api.post("/contact/departments/search", async (c) => {
    return apiResponse(searchDepartments(store, c, await requireBody(c)));
  });
  api.all("*", () => {
    const message = "Specified api is not found, please check your url and method.";
    throw apiRefusal(404, { code: "InvalidAction.NotFound", message });
  });
  return api;
}

async function requireBody(c: SandboxContext): Promise<Record<string, unknown>> {
  const body = parseObject(await c.req.text());
  if (body) return body;
  throw apiRefusal(400, { code: "Missingbody", message: "body is mandatory for this action." });
}

function apiResponse(body: unknown): Response {
  return jsonResponse(body, { headers: { "x-acs-request-id": apiRequestId() } });
}
