import { Hono } from "hono";
import { type SandboxApp, type SandboxContext } from "../http";
import { type Store } from "../store";
import {
  asksForLogin,
  declineConsent,
  exclusiveCorp,
  grantConsent,
  isProblem,
  readLoginRequest,
  toQuery,
} from "./authorization";
import { challengePage, consentPage, corpCodePage, problemPage, resultPage } from "./pages";
import { createQrLogin } from "./qr-routes";
import { endLogin, findLogin, startLogin } from "./session";

/** login.dingtalk.com: the authorization page and its QR code. The phone's part is in phone/. */
export function createLogin(store: Store): SandboxApp {
  const login: SandboxApp = new Hono();
  login.get("/oauth2/auth", (c) => startAuthorization(store, c));
  login.get("/oauth2/challenge.htm", (c) => {
    const request = readLoginRequest(store, c.req.query());
    if (isProblem(request)) return problemPage(c, request);
    return exclusiveCorp(request) === "" ? corpCodePage(c, request) : challengePage(c, store, request);
  });
  login.post("/oauth2/sign_in_as", (c) => signInAs(store, c));
  login.post("/oauth2/consent", (c) => submitConsent(store, c));
  login.get("/oauth2/logout", (c) => {
    endLogin(store, c);
    const next = c.req.query("continue") ?? "";
    return isLogoutTarget(store, next) ? c.redirect(next) : c.text("ok");
  });
  login.route("/", createQrLogin(store));
  return login;
}

/** A browser that is signed in to DingTalk is asked for consent only, unless the request asks for a login. */
function startAuthorization(store: Store, c: SandboxContext) {
  const request = readLoginRequest(store, c.req.query());
  if (isProblem(request)) return problemPage(c, request);
  const person = asksForLogin(request) ? null : findLogin(store, c);
  return person ? consentPage(c, request, person) : c.redirect(`/oauth2/challenge.htm?${toQuery(request)}`);
}

async function signInAs(store: Store, c: SandboxContext) {
  const request = readLoginRequest(store, c.req.query());
  if (isProblem(request)) return problemPage(c, request);
  const { person: userid } = await c.req.parseBody();
  const person = store.people.find(String(userid));
  if (!person) return c.notFound();
  startLogin(store, c, person);
  return consentPage(c, request, person);
}

async function submitConsent(store: Store, c: SandboxContext) {
  const request = readLoginRequest(store, c.req.query());
  if (isProblem(request)) return problemPage(c, request);
  const person = findLogin(store, c);
  if (!person) return c.redirect(`/oauth2/challenge.htm?${toQuery(request)}`);
  const { decision } = await c.req.parseBody();
  const outcome = decision === "agree" ? grantConsent(store, request, person) : declineConsent(request);
  if (!store.settings.keepLogin) endLogin(store, c);
  if (request.iframe) return resultPage(c, { store, request, outcome });
  return outcome.success ? c.redirect(outcome.redirectUrl) : problemPage(c, outcome);
}

/** Logout redirects only to this host, the webview or the app, so that it is not an open redirect. */
function isLogoutTarget(store: Store, next: string): boolean {
  if (!URL.canParse(next, store.addresses.sandbox)) return false;
  const { origin } = new URL(next, store.addresses.sandbox);
  return [store.addresses.sandbox, store.addresses.webview, new URL(store.options.appUrl).origin].includes(origin);
}
