import { Hono } from "hono";
import { type SandboxApp, type SandboxContext } from "../http";
import { findOpenQr, moveQr } from "../login/qr";
import { wordsFor } from "../pages/words";
import { type Store } from "../store";
import { type Device, toDevice } from "../webview/device";
import { confirmPage, notePage, phonePage, scannerPage } from "./pages";

/** The sandbox phone. It has no state of its own: its owner and its client are parameters of the address. */
export function createPhone(store: Store): SandboxApp {
  const phone: SandboxApp = new Hono();
  phone.get("/_sandbox/phone", (c) => phonePage(c, store, readPhone(store, c)));
  phone.get("/_sandbox/phone/scan", (c) => {
    const destination = scanDestination(store, readPhone(store, c), c.req.query("address") ?? "");
    return destination ? c.redirect(destination) : notePage(c, wordsFor(c).phone.foreign);
  });
  phone.get("/_sandbox/phone/open", (c) => {
    const home = store.settings.homePath.replaceAll("$CORPID$", store.options.corpId);
    return c.redirect(webviewUrl(store, readPhone(store, c), home));
  });
  phone.get("/oauth2/qr_confirm.htm", (c) => openConfirmation(store, c));
  phone.post("/oauth2/qr_confirm", (c) => submitConfirmation(store, c));
  return phone;
}

/**
 * Where a scan leads: a login QR code to its confirmation, an address of the app (bare or inside a dingtalk:// link) to the
 * webview. Any other text leads nowhere: null.
 */
export function scanDestination(store: Store, phone: Device, text: string): string | null {
  const url = unwrapLink(text.trim());
  if (!url) return null;
  if (url.pathname === "/oauth2/qr_confirm.htm") {
    const query = new URLSearchParams({ code: url.searchParams.get("code") ?? "", person: phone.userid });
    return `/oauth2/qr_confirm.htm?${query}`;
  }
  const origins = [new URL(store.options.appUrl).origin, store.addresses.webview];
  if (!origins.includes(url.origin)) return null;
  return webviewUrl(store, phone, url.pathname + url.search + url.hash);
}

/** Opening the page that the QR code names is the scan. Without a person in the address the page asks who scans. */
function openConfirmation(store: Store, c: SandboxContext) {
  const qr = findOpenQr(store, c.req.query("code") ?? "");
  if (!qr) return notePage(c, wordsFor(c).phone.expired);
  moveQr(qr, "scanned");
  const person = store.people.find(c.req.query("person") ?? "");
  return person ? confirmPage(c, qr, person) : scannerPage(c, store, qr);
}

async function submitConfirmation(store: Store, c: SandboxContext) {
  const { code, person: userid, decision } = await c.req.parseBody();
  const words = wordsFor(c).phone;
  const qr = findOpenQr(store, String(code));
  const person = store.people.find(String(userid));
  if (!qr || !person) return notePage(c, words.expired);
  const isConfirmed = decision === "confirm";
  moveQr(qr, isConfirmed ? "confirmed" : "gone", person.userid);
  return notePage(c, isConfirmed ? words.confirmed : words.cancelled);
}

function readPhone(store: Store, c: SandboxContext): Device {
  const { person = "", client = "" } = c.req.query();
  return toDevice(store, person, client);
}

function webviewUrl(store: Store, phone: Device, path: string): string {
  const query = new URLSearchParams({ person: phone.userid, client: phone.client, to: path });
  return `${store.addresses.webview}/_webview/open?${query}`;
}

/** The links dingtalk://dingtalkclient/action/openapp?…&redirect_url= and …/page/link?url= contain the address they open. */
function unwrapLink(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== "dingtalk:") return url;
  const inner = url.searchParams.get("redirect_url") ?? url.searchParams.get("url") ?? "";
  return URL.canParse(inner) ? new URL(inner) : null;
}
