import { Hono } from "hono";
import { createApi } from "./api/routes";
import { createCallMiddleware } from "./call-middleware";
import { createConsole } from "./console/routes";
import { createControl } from "./control";
import { requireOwnPath, unknownPath } from "./dingtalk-hosts";
import { type SandboxApp } from "./http";
import { createLocalGuard } from "./local-guard";
import { createLogin } from "./login/routes";
import { createOapi } from "./oapi/routes";
import { createPages } from "./pages/start";
import { createPhone } from "./phone/routes";
import { Refusal } from "./refusal";
import { readOptions, type SandboxOptions } from "./settings";
import { createSns } from "./sns/routes";
import { createStore, type Store } from "./store";

/** A sandbox without a port, for tests that call app.request(). */
export function createSandbox(given: Partial<SandboxOptions> = {}): { app: SandboxApp; store: Store } {
  const store = createStore(readOptions(given));
  const app: SandboxApp = new Hono();
  app.use("/_sandbox/*", createLocalGuard(store));
  app.use(createCallMiddleware(store));
  app.use(requireOwnPath);
  app.route("/v1.0", createApi(store));
  app.route("/", createOapi(store));
  app.route("/", createLogin(store));
  app.route("/", createSns(store));
  app.route("/", createPhone(store));
  app.route("/", createConsole(store));
  app.route("/_sandbox", createControl(store));
  app.route("/", createPages(store));
  app.notFound(() => unknownPath("api"));
  app.onError((error) => {
    if (error instanceof Refusal) return error.toResponse();
    throw error;
  });
  return { app, store };
}
