import { Hono } from "hono";
import { type SandboxApp, type SandboxContext } from "../context";
import { findOpenQr, moveQr } from "../login/qr";
import { wordsFor } from "../pages/words";
import { type Store } from "../store";
import { type Client, isClient } from "../user-agents";
import { confirmPage, notePage, whoPage } from "./confirm-pages";
import { phonePage } from "./pages";
import { destinationOf, webviewLink } from "./scan";

export type Phone = { userid: string; client: Client };

/** A phone without a state of its own: who holds it and which client it runs stand in the address. */
export function createPhone(store: Store): SandboxApp {
  const phone: SandboxApp = new Hono();
  phone.get("/_sandbox/phone", (c) => phonePage(c, store, readPhone(store, c)));
  phone.get("/_sandbox/phone/scan", (c) => scan(store, c));
  phone.get("/_sandbox/phone/open", (c) => {
    const home = store.settings.homePath.replaceAll("$CORPID$", store.options.corpId);
    return c.redirect(webviewLink(store, readPhone(store, c), home));
  });
  phone.get("/oauth2/qr_confirm.htm", (c) => openConfirm(store, c));
  phone.post("/oauth2/qr_confirm", (c) => decide(store, c));
  return phone;
}

function scan(store: Store, c: SandboxContext) {
  const destination = destinationOf(store, readPhone(store, c), c.req.query("address") ?? "");
  return destination ? c.redirect(destination) : notePage(c, wordsFor(c).phone.foreign);
}

/** Opening the page that the QR names is the scan; who scans is asked unless the phone has said so. */
function openConfirm(store: Store, c: SandboxContext) {
  const qr = findOpenQr(store, c.req.query("code") ?? "");
  if (!qr) return notePage(c, wordsFor(c).phone.expired);
  moveQr(qr, "scanned");
  const person = store.people.find(c.req.query("person") ?? "");
  return person ? confirmPage(c, qr, person) : whoPage(c, store, qr);
}

async function decide(store: Store, c: SandboxContext) {
  const { code, person: userid, decision } = await c.req.parseBody();
  const words = wordsFor(c).phone;
  const qr = findOpenQr(store, String(code));
  const person = store.people.find(String(userid));
  if (!qr || !person) return notePage(c, words.expired);
  const isConfirmed = decision === "confirm";
  moveQr(qr, isConfirmed ? "confirmed" : "gone", person.userid);
  return notePage(c, isConfirmed ? words.confirmed : words.cancelled);
}

function readPhone(store: Store, c: SandboxContext): Phone {
  const { person = "", client = "" } = c.req.query();
  return { userid: store.people.find(person)?.userid ?? "user0001", client: isClient(client) ? client : "android" };
}
