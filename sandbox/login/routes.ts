import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type Person } from "../company/person";
import { type SandboxApp, type SandboxContext } from "../context";
import { jsonResponse } from "../json";
import { type Store } from "../store";
import { agree, decline } from "./outcome";
import { answerPage, challengePage, consentPage, problemPage } from "./pages";
import { qrPicture } from "./picture";
import { openQr, pollQr, qrContent, takeConfirmed } from "./qr";
import { isProblem, readLoginRequest, toQuery } from "./request";

const cookieName = "sandbox_login";

/** login.dingtalk.com: the authorization page, its QR and its answers. The phone's half is in phone/. */
export function createLogin(store: Store): SandboxApp {
  const login: SandboxApp = new Hono();
  login.get("/oauth2/auth", (c) => begin(store, c));
  login.get("/oauth2/challenge.htm", (c) => {
    const request = readLoginRequest(store, c.req.query());
    return isProblem(request) ? problemPage(c, request) : challengePage(c, store, request);
  });
  login.post("/oauth2/sign_in_as", (c) => signInAs(store, c));
  login.post("/oauth2/consent", (c) => decide(store, c));
  login.get("/oauth2/logout", (c) => {
    store.logins.delete(getCookie(c, cookieName) ?? "");
    deleteCookie(c, cookieName, { path: "/oauth2" });
    const next = c.req.query("continue") ?? "";
    return isOurWay(store, next) ? c.redirect(next) : c.text("ok");
  });
  addQrRoutes(login, store);
  return login;
}

function addQrRoutes(login: SandboxApp, store: Store): void {
  login.post("/oauth2/generate_qrcode", async (c) => {
    const request = readLoginRequest(store, await c.req.parseBody());
    if (isProblem(request)) return jsonResponse({ success: false, errorCode: request.code });
    return jsonResponse({ success: true, result: qrContent(store, openQr(store, request)) });
  });
  login.get("/oauth2/qrcode.svg", (c) => {
    const qr = store.qrCodes.get(c.req.query("code") ?? "");
    return qr ? c.body(qrPicture(qrContent(store, qr)), 200, { "content-type": "image/svg+xml" }) : c.notFound();
  });
  login.post("/oauth2/login_with_qr", async (c) => {
    const { code } = await c.req.parseBody();
    return jsonResponse(await pollAnswer(store, String(code)));
  });
  login.post("/oauth2/confirm_auth", (c) => confirm(store, c));
}

/** A browser that is logged in at DingTalk is asked for consent only; any other goes through the challenge. */
function begin(store: Store, c: SandboxContext) {
  const request = readLoginRequest(store, c.req.query());
  if (isProblem(request)) return problemPage(c, request);
  const person = loggedIn(store, c);
  return person ? consentPage(c, request, person) : c.redirect(`/oauth2/challenge.htm?${toQuery(request)}`);
}

async function signInAs(store: Store, c: SandboxContext) {
  const request = readLoginRequest(store, c.req.query());
  if (isProblem(request)) return problemPage(c, request);
  const { person: userid } = await c.req.parseBody();
  const person = store.people.find(String(userid));
  if (!person) return c.notFound();
  logIn(store, c, person);
  return consentPage(c, request, person);
}

async function decide(store: Store, c: SandboxContext) {
  const request = readLoginRequest(store, c.req.query());
  if (isProblem(request)) return problemPage(c, request);
  const person = loggedIn(store, c);
  if (!person) return c.redirect(`/oauth2/challenge.htm?${toQuery(request)}`);
  const { decision } = await c.req.parseBody();
  const answer = decision === "agree" ? agree(store, request, person) : decline(request);
  forgetUnlessKept(store, c);
  if (request.iframe) return answerPage(c, { store, request, answer });
  return answer.success ? c.redirect(answer.redirectUrl) : problemPage(c, answer);
}

async function pollAnswer(store: Store, code: string) {
  const state = await pollQr(store, code);
  if (state === "waiting") return { success: false, errorCode: "11021" };
  if (state === "scanned") return { success: false, errorCode: "11041" };
  if (state === "gone") return { success: false, errorCode: "11019" };
  const result = {
    pass: true,
    chooseOrganization: false,
    needConsent: false,
    needBindMobile: false,
    needChangePwd: false,
  };
  return { success: true, result };
}

/** The phone has confirmed: the browser that shows the QR gets the code, and this host remembers who it was. */
async function confirm(store: Store, c: SandboxContext): Promise<Response> {
  const body = await c.req.parseBody();
  const request = readLoginRequest(store, body);
  const person = store.people.find(takeConfirmed(store, String(body.code)) ?? "");
  if (isProblem(request) || !person)
    return jsonResponse({ success: false, errorCode: "11019", errorMsg: "二维码已失效" });
  const answer = agree(store, request, person);
  if (!answer.success) return jsonResponse(answer);
  if (store.settings.keepLogin) logIn(store, c, person);
  return withCookies(c, { success: true, result: { url: answer.redirectUrl } });
}

/** Back to a page of this host or of the app; this page is no springboard to anywhere else. */
function isOurWay(store: Store, next: string): boolean {
  if (!URL.canParse(next, store.addresses.sandbox)) return false;
  const { origin } = new URL(next, store.addresses.sandbox);
  return [store.addresses.sandbox, store.addresses.webview, new URL(store.options.appUrl).origin].includes(origin);
}

function withCookies(c: SandboxContext, body: unknown): Response {
  return c.body(JSON.stringify(body), 200, { "content-type": "application/json;charset=utf-8" });
}

function loggedIn(store: Store, c: SandboxContext): Person | null {
  const userid = store.logins.get(getCookie(c, cookieName) ?? "");
  return userid ? store.people.find(userid) : null;
}

function logIn(store: Store, c: SandboxContext, person: Person): void {
  const value = randomBytes(16).toString("hex");
  store.logins.set(value, person.userid);
  setCookie(c, cookieName, value, { path: "/oauth2", httpOnly: true, sameSite: "Lax" });
}

function forgetUnlessKept(store: Store, c: SandboxContext): void {
  if (store.settings.keepLogin) return;
  store.logins.delete(getCookie(c, cookieName) ?? "");
  deleteCookie(c, cookieName, { path: "/oauth2" });
}
