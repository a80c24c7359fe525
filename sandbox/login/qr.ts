import { randomBytes } from "node:crypto";
import { now, type Store } from "../store";
import { type LoginRequest } from "./request";

type QrState = "waiting" | "scanned" | "confirmed" | "gone";

export type QrCode = {
  value: string;
  request: LoginRequest;
  state: QrState;
  userid: string | null;
  expiresAt: number;
  /** What the page behind the QR was told last, so that news between two polls is told at once. */
  toldState: QrState;
  listeners: Set<() => void>;
};

export function openQr(store: Store, request: LoginRequest): QrCode {
  const qr: QrCode = {
    value: randomBytes(12).toString("hex"),
    request,
    state: "waiting",
    userid: null,
    expiresAt: now(store) + store.settings.qrLifeSeconds * 1000,
    toldState: "waiting",
    listeners: new Set(),
  };
  store.qrCodes.set(qr.value, qr);
  return qr;
}

/** What is inside the picture: the page the phone opens. */
export function qrContent(store: Store, qr: QrCode): string {
  return `${store.addresses.sandbox}/oauth2/qr_confirm.htm?code=${qr.value}`;
}

/** A QR that can still be scanned or confirmed, or null. */
export function findOpenQr(store: Store, value: string): QrCode | null {
  const qr = store.qrCodes.get(value);
  if (!qr || qr.expiresAt <= now(store)) return null;
  return qr.state === "waiting" || qr.state === "scanned" ? qr : null;
}

export function openQrCodes(store: Store): QrCode[] {
  return [...store.qrCodes.values()].filter((qr) => findOpenQr(store, qr.value) !== null);
}

export function moveQr(qr: QrCode, state: QrState, userid: string | null = null): void {
  qr.state = state;
  qr.userid = userid;
  for (const listener of qr.listeners) listener();
}

/** Answers early when the state moves, or when it moved since the last answer. */
export async function pollQr(store: Store, value: string): Promise<QrState> {
  const qr = store.qrCodes.get(value);
  if (!qr) return "gone";
  if (qr.state === qr.toldState) await nextMove(qr, store.settings.longPollMs);
  const isExpired = qr.expiresAt <= now(store) && qr.state !== "confirmed";
  qr.toldState = isExpired ? "gone" : qr.state;
  return qr.toldState;
}

/** The person who confirmed, once: a second call with the same QR gets nothing. */
export function takeConfirmed(store: Store, value: string): string | null {
  const qr = store.qrCodes.get(value);
  if (qr?.state !== "confirmed") return null;
  store.qrCodes.delete(value);
  return qr.userid;
}

function nextMove(qr: QrCode, timeoutMs: number): Promise<void> {
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
