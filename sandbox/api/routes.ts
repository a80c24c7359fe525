import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { type SandboxApp, type SandboxContext } from "../context";
import { issueCorpToken } from "../identity/tokens";
import { jsonResponse, parseObject } from "../json";
import { apiRefusal, apiRequestId } from "../refusal";
import { type Store } from "../store";
import { readContact, searchContacts } from "./contact";
import { requireCalmCaller, requireCorpToken } from "./guards";
import { exchange, requireApp, requireFields } from "./user-token";

/** api.dingtalk.com: everything under /v1.0. */
export function createApi(store: Store): SandboxApp {
  const api: SandboxApp = new Hono();
  api.use(async (c, next) => {
    requireCalmCaller(store, c);
    await next();
  });
  api.post("/oauth2/userAccessToken", async (c) => reply(exchange(store, await mandatoryBody(c))));
  api.post("/oauth2/accessToken", async (c) => reply(appToken(store, await mandatoryBody(c))));
  api.post("/oauth2/jsapiTickets", (c) => reply(jsapiTicket(store, c)));
  api.post("/oauth2/:corpId/token", async (c) =>
    reply(corpToken(store, c.req.param("corpId"), await mandatoryBody(c))),
  );
  api.get("/contact/users/:id", (c) => reply(readContact(store, c)));
  api.post("/contact/users/search", async (c) => reply(searchContacts(store, c, await mandatoryBody(c))));
  api.all("*", () => {
    const message = "Specified api is not found, please check your url and method.";
    throw apiRefusal(404, { code: "InvalidAction.NotFound", message });
  });
  return api;
}

function appToken(store: Store, body: Record<string, unknown>) {
  requireFields(body, ["appKey", "appSecret"]);
  requireApp(store, body.appKey, body.appSecret);
  return { accessToken: issueCorpToken(store).value, expireIn: store.settings.tokenLifeSeconds };
}

/** The one v1.0 endpoint that speaks snake_case. */
function corpToken(store: Store, corpId: string, body: Record<string, unknown>) {
  if (corpId !== store.options.corpId) throw apiRefusal(500, { code: "unknownError", message: "未知错误" });
  if (body.grant_type !== "client_credentials") throw tokenRefusal("unsupported.grant.type");
  const isOurApp = body.client_id === store.options.clientId && body.client_secret === store.options.clientSecret;
  if (!isOurApp) throw tokenRefusal("invalid.client");
  return { access_token: issueCorpToken(store).value, expires_in: store.settings.tokenLifeSeconds };
}

function tokenRefusal(code: string) {
  return apiRefusal(400, { code, message: code });
}

function jsapiTicket(store: Store, c: SandboxContext) {
  requireCorpToken(store, c);
  return { jsapiTicket: randomBytes(32).toString("hex"), expireIn: store.settings.tokenLifeSeconds };
}

async function mandatoryBody(c: SandboxContext): Promise<Record<string, unknown>> {
  const body = parseObject(await c.req.text());
  if (body) return body;
  throw apiRefusal(400, { code: "Missingbody", message: "body is mandatory for this action." });
}

function reply(body: unknown): Response {
  return jsonResponse(body, { headers: { "x-acs-request-id": apiRequestId() } });
}
