import { randomBytes } from "node:crypto";
import { QRCodeSVG } from "qrcode.react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { isExpired, secondsFromNow } from "../clock";
import { type QrCode, type QrState } from "../records";
import { type Store } from "../store";

export function openQr(store: Store, redirectUri: string): QrCode {
  const qr: QrCode = {
    value: randomBytes(12).toString("hex"),
    redirectUri,
    state: "waiting",
    userid: null,
    expiresAt: secondsFromNow(store, store.settings.qrLifeSeconds),
    reportedState: "waiting",
    listeners: new Set(),
  };
  store.qrCodes.set(qr.value, qr);
  return qr;
}

/** The content of the QR code: the page that the phone opens, at the address that the browser asked. */
export function qrContent(origin: string, qr: QrCode): string {
  return `${origin}/oauth2/qr_confirm.htm?code=${qr.value}`;
}

/** The QR code as an SVG. It is black on white in both themes and has the quiet zone that scanners need. */
export function qrPicture(content: string): string {
  const element = createElement(QRCodeSVG, { value: content, size: 336, level: "M", marginSize: 2 });
  return renderToStaticMarkup(element).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ');
}

/** A QR code that can still be scanned or confirmed, or null. */
export function findOpenQr(store: Store, value: string): QrCode | null {
  const qr = store.qrCodes.get(value);
  if (!qr || isExpired(store, qr)) return null;
  return qr.state === "waiting" || qr.state === "scanned" ? qr : null;
}

export function listOpenQrs(store: Store): QrCode[] {
  return [...store.qrCodes.values()].filter((qr) => findOpenQr(store, qr.value) !== null);
}

export function moveQr(qr: QrCode, state: QrState, userid: string | null = null): void {
  qr.state = state;
  qr.userid = userid;
  for (const listener of qr.listeners) listener();
}

/** Returns at once when the state has changed since the last poll, otherwise at the next change or the time limit. */
export async function pollQr(store: Store, value: string): Promise<QrState> {
  const qr = store.qrCodes.get(value);
  if (!qr) return "gone";
  if (qr.state === qr.reportedState) await nextChange(qr, store.settings.longPollMs);
  qr.reportedState = isExpired(store, qr) && qr.state !== "confirmed" ? "gone" : qr.state;
  return qr.reportedState;
}

/** The userid of the person who confirmed. A second call with the same QR code returns null. */
export function consumeConfirmedQr(store: Store, value: string): string | null {
  const qr = store.qrCodes.get(value);
  if (qr?.state !== "confirmed") return null;
  store.qrCodes.delete(value);
  return qr.userid;
}

function nextChange(qr: QrCode, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, timeoutMs);
    function finish() {
      clearTimeout(timer);
      qr.listeners.delete(finish);
      resolve();
    }
    qr.listeners.add(finish);
  });
}
