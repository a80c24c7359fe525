import { Hono } from "hono";
import { type SandboxApp } from "../context";
import { isObject, jsonResponse, parseObject } from "../json";
import { type Store } from "../store";
import { readHolder, rememberHolder, toHolder } from "./holder";
import { passThrough } from "./proxy";
import { answerBridge } from "./silent-code";

/**
 * The second port plays DingTalk's webview for an ordinary browser: the app as it is, with the client's user agent and the
 * bridge put in. Its host differs from the app's, so that its cookies are apart from the desktop's.
 */
export function createWebview(store: Store): SandboxApp {
  const webview: SandboxApp = new Hono();
  webview.get("/_webview/open", (c) => {
    const { person = "", client = "", to = "/" } = c.req.query();
    rememberHolder(c, toHolder(store, person, client));
    return c.redirect(ownPath(to));
  });
  webview.post("/_webview/code", async (c) => {
    const asked = parseObject(await c.req.text());
    return jsonResponse(answerBridge(store, readHolder(store, c), isObject(asked) ? asked : {}));
  });
  webview.all("*", (c) => passThrough(store, c, readHolder(store, c)));
  return webview;
}

/** Only a path of this origin; "//host" would be another one. */
function ownPath(to: string): string {
  return /^\/(?![/\\])/.test(to) ? to : "/";
}
