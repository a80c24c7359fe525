import { Hono } from "hono";
import { jsonResponse, requestOrigin, type SandboxApp, type SandboxContext } from "../http";
import { type Store } from "../store";
import { grantConsent, isProblem, readLoginRequest } from "./authorization";
import { consumeConfirmedQr, openQr, pollQr, qrContent, qrPicture } from "./qr";
import { startLogin } from "./session";

/** The calls that the login page makes for its QR code. */
export function createQrLogin(store: Store): SandboxApp {
  const login: SandboxApp = new Hono();
  login.post("/oauth2/generate_qrcode", async (c) => {
    const request = readLoginRequest(store, await c.req.parseBody());
    if (isProblem(request)) return jsonResponse({ success: false, errorCode: request.code });
    return jsonResponse({ success: true, result: qrContent(requestOrigin(c), openQr(store, request.redirect_uri)) });
  });
  login.get("/oauth2/qrcode.svg", (c) => {
    const qr = store.qrCodes.get(c.req.query("code") ?? "");
    return qr
      ? c.body(qrPicture(qrContent(requestOrigin(c), qr)), 200, { "content-type": "image/svg+xml" })
      : c.notFound();
  });
  login.post("/oauth2/login_with_qr", async (c) => {
    const { code } = await c.req.parseBody();
    return jsonResponse(await qrStatus(store, String(code)));
  });
  login.post("/oauth2/confirm_auth", (c) => finishQrLogin(store, c));
  return login;
}

async function qrStatus(store: Store, code: string) {
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

/** After the confirmation on the phone, the browser with the QR code gets the auth code and is signed in to DingTalk. */
async function finishQrLogin(store: Store, c: SandboxContext): Promise<Response> {
  const body = await c.req.parseBody();
  const request = readLoginRequest(store, body);
  const person = store.people.find(consumeConfirmedQr(store, String(body.code)) ?? "");
  if (isProblem(request) || !person) {
    return jsonResponse({ success: false, errorCode: "11019", errorMsg: "二维码已失效" });
  }
  const outcome = grantConsent(store, request, person);
  if (!outcome.success) return jsonResponse(outcome);
  if (store.settings.keepLogin) startLogin(store, c, person);
  // Only a response made by the context carries the cookie.
  const headers = { "content-type": "application/json;charset=utf-8" };
  return c.body(JSON.stringify({ success: true, result: { url: outcome.redirectUrl } }), 200, headers);
}
