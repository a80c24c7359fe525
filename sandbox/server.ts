import { Hono } from "hono";
import { createApi } from "./api/routes";
import { createCallMiddleware } from "./call-middleware";
import { createControl } from "./control";
import { jsonResponse, type SandboxApp } from "./http";
import { listen } from "./listen";
import { createLocalGuard } from "./local-guard";
import { createLogin } from "./login/routes";
import { createOapi } from "./oapi/routes";
import { createPages } from "./pages/start";
import { createPhone } from "./phone/routes";
import { Refusal } from "./refusal";
import { readOptions, type SandboxOptions } from "./settings";
import { createStore, type Store, webviewAddress } from "./store";
import { proxyUpgrade } from "./webview/proxy";
import { createWebview } from "./webview/routes";

/** A sandbox without a port, for tests that call app.request(). */
export function createSandbox(given: Partial<SandboxOptions> = {}): { app: SandboxApp; store: Store } {
  const store = createStore(readOptions(given));
  const app: SandboxApp = new Hono();
  app.use("/_sandbox/*", createLocalGuard(store));
  app.use(createCallMiddleware(store));
  app.route("/v1.0", createApi(store));
  app.route("/", createOapi(store));
  app.route("/", createLogin(store));
  app.route("/", createPhone(store));
  app.route("/_sandbox", createControl(store));
  app.route("/", createPages(store));
  // DingTalk's api host responds to an unknown path with HTTP 200.
  app.notFound(() => jsonResponse({ errcode: 404, errmsg: "请求的URI地址不存在" }));
  app.onError((error) => {
    if (error instanceof Refusal) return error.toResponse();
    throw error;
  });
  return { app, store };
}

export type RunningSandbox = { url: string; webviewUrl: string; store: Store; close: () => Promise<void> };

/** Listens on loopback; port 0 selects a free port. close() also closes open connections. */
export async function startSandbox(given: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const { app, store } = createSandbox(given);
  const main = await listen(app, store.options.port);
  const webview = await listen(createWebview(store), store.options.webviewPort, proxyUpgrade(store)).catch(
    async (error) => {
      await main.close();
      throw error;
    },
  );
  store.addresses.sandbox = `http://localhost:${main.port}`;
  store.addresses.webview = webviewAddress(store.options, webview.port);
  return {
    url: store.addresses.sandbox,
    webviewUrl: store.addresses.webview,
    store,
    close: async () => void (await Promise.all([main.close(), webview.close()])),
  };
}
