import { createSandbox } from "../sandbox/app";
import { isObject } from "../sandbox/http";

/** A separate sandbox for one test, called without a port. */
export function createCaller() {
  const { app, store } = createSandbox();

  async function ask(method: string, path: string, options: { body?: unknown; headers?: Record<string, string> } = {}) {
    const headers = { "content-type": "application/json", ...options.headers };
    const body = options.body === undefined ? null : JSON.stringify(options.body);
    const response = await app.request(path, { method, headers, body });
    const text = await response.text();
    const parsed: unknown = text.startsWith("{") ? JSON.parse(text) : null;
    return { status: response.status, headers: response.headers, text, json: isObject(parsed) ? parsed : {} };
  }

  async function field(answer: Promise<{ json: Record<string, unknown> }>, name: string): Promise<string> {
    return String((await answer).json[name]);
  }

  const { clientId, clientSecret } = store.options;
  const registered = { clientId, clientSecret };

  return {
    app,
    store,
    ask,
    mint: (order: Record<string, unknown>) => field(ask("POST", "/_sandbox/codes", { body: order }), "code"),
    set: (patch: Record<string, unknown>) => ask("PATCH", "/_sandbox/settings", { body: patch }),
    exchange: (code: string) =>
      ask("POST", "/v1.0/oauth2/userAccessToken", { body: { ...registered, grantType: "authorization_code", code } }),
    refresh: (refreshToken: string) =>
      ask("POST", "/v1.0/oauth2/userAccessToken", {
        body: { ...registered, grantType: "refresh_token", refreshToken },
      }),
    corpToken: () =>
      field(
        ask("POST", "/v1.0/oauth2/accessToken", { body: { appKey: clientId, appSecret: clientSecret } }),
        "accessToken",
      ),
    me: (userToken: string) =>
      ask("GET", "/v1.0/contact/users/me", { headers: { "x-acs-dingtalk-access-token": userToken } }),
    topapi: (token: string, path: string, body: unknown = {}) =>
      ask("POST", `/topapi/${path}?access_token=${token}`, { body }),
  };
}
