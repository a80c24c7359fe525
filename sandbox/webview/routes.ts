import { Hono } from "hono";
import { jsonResponse, parseObject, type SandboxApp } from "../http";
import { createLocalGuard } from "../local-guard";
import { type Store } from "../store";
import { readDeviceCookie, requestSilentCode, setDeviceCookie, toDevice } from "./device";
import { proxyRequest } from "./proxy";

/**
 * The second port plays DingTalk's webview in an ordinary browser. It serves the app with the client's user agent and adds
 * the bridge. Its host name differs from the app's, so that the two have separate cookies.
 */
export function createWebview(store: Store): SandboxApp {
  const webview: SandboxApp = new Hono();
  webview.use("/_webview/*", createLocalGuard(store));
  webview.get("/_webview/open", (c) => {
    const { person = "", client = "", to = "/" } = c.req.query();
    setDeviceCookie(c, toDevice(store, person, client));
    return c.redirect(localPath(to));
  });
  webview.post("/_webview/code", async (c) => {
    const params = parseObject(await c.req.text()) ?? {};
    return jsonResponse(requestSilentCode(store, readDeviceCookie(store, c), params));
  });
  webview.all("*", (c) => proxyRequest(store, c, readDeviceCookie(store, c)));
  return webview;
}

/** Accepts only a path of this origin; "//host" would be another origin. */
function localPath(to: string): string {
  return /^\/(?![/\\])/.test(to) ? to : "/";
}
