import { randomBytes } from "node:crypto";
import { now } from "../clock";
import { parseObject } from "../http";
import { type Store } from "../store";
import { callbackBody } from "./body";
import { decrypt, encrypt, sign } from "./crypto";
import { type Callback, type CompanyEvent, type Outcome } from "./records";

/** What the receiver answered; the answer is the decrypted text, "success" when it accepted the event. */
export type CallbackAnswer = { status: number; answer: string | null };

/** What a test can falsify in a callback. */
export type CallbackFlaw = { ageSeconds?: number; tamper?: "signature" | "owner" | "corp" };

/** The address of the console's settings and the one of register_call_back, without those that do not subscribe the type. */
export function callbacksFor(store: Store, type: string): Callback[] {
  const callbacks = [consoleCallback(store), store.registeredCallback];
  return callbacks.filter((one) => one !== null).filter(({ types }) => types === null || types.includes(type));
}

export function consoleCallback({ settings, options }: Store): Callback | null {
  const { callbackUrl: url, callbackToken: token, callbackAesKey: aesKey, push } = settings;
  return url === null ? null : { url, token, aesKey, owner: options.clientId, types: push.types };
}

/** Pushes an event once: https://open.dingtalk.com/document/development/http-callback-overview */
export async function pushToCallback(store: Store, callback: Callback, event: CompanyEvent): Promise<Outcome> {
  const { status, answer } = await postEvent(store, callback, { event, timeoutMs: store.settings.push.httpTimeoutMs });
  if (answer === "success") return "accepted";
  return status === 0 ? "unreachable" : "refused";
}

/** Sends an event, signed and encrypted. Status 0 means that there was no answer in time. */
export async function postEvent(
  store: Store,
  callback: Callback,
  { event, timeoutMs, flaw = {} }: { event: CompanyEvent; timeoutMs: number; flaw?: CallbackFlaw },
): Promise<CallbackAnswer> {
  const { ageSeconds = 0, tamper } = flaw;
  const owner = tamper === "owner" ? "dinganotherapp000001" : callback.owner;
  const encrypted = encrypt({ ...callback, owner }, JSON.stringify(callbackBody(event)));
  const address = signedAddress(callback.url, {
    timestamp: String(now(store) - ageSeconds * 1000),
    encrypted,
    token: tamper === "signature" ? "wrong" : callback.token,
  });
  try {
    const response = await post(address, { encrypt: encrypted }, timeoutMs);
    return { status: response.status, answer: decryptAnswer(callback, await response.text()) };
  } catch {
    return { status: 0, answer: null };
  }
}

function post(address: string, body: object, timeoutMs: number): Promise<Response> {
  return fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
}

function signedAddress(url: string, input: { token: string; timestamp: string; encrypted: string }): string {
  const nonce = randomBytes(8).toString("hex");
  const signature = sign(input.token, input.timestamp, nonce, input.encrypted);
  const address = new URL(url);
  for (const name of ["signature", "msg_signature"]) address.searchParams.set(name, signature);
  address.searchParams.set("timestamp", input.timestamp);
  address.searchParams.set("nonce", nonce);
  return address.href;
}

function decryptAnswer(callback: Callback, text: string): string | null {
  const encrypted = parseObject(text)?.encrypt;
  if (typeof encrypted !== "string") return null;
  try {
    return decrypt(callback, encrypted);
  } catch {
    return null;
  }
}
