import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { now } from "../clock";
import { parseObject } from "../http";
import { type Store } from "../store";
import { type CallbackKeys, decrypt, encrypt, sign } from "./crypto";

export const eventOrderSchema = z.strictObject({
  type: z.string().min(1),
  userid: z.string().optional(),
  deptId: z.number().optional(),
  /** The same id twice plays a duplicate delivery. */
  eventId: z.string().optional(),
  /** The age that the timestamp claims. */
  ageSeconds: z.number().default(0),
  tamper: z.enum(["signature", "owner"]).optional(),
});

type EventOrder = z.output<typeof eventOrderSchema>;
export type EventOrderInput = z.input<typeof eventOrderSchema>;
type Delivery = { status: number; answer: string | null };

/** Delivers one event to the registered address. The answer is "success" when the receiver accepted it. */
export async function sendEvent(store: Store, order: EventOrder): Promise<Delivery> {
  const { callbackUrl } = store.settings;
  if (!callbackUrl) return { status: 0, answer: "No callbackUrl is registered: PATCH /_sandbox/settings first." };
  const keys = callbackKeys(store);
  const timestamp = String(now(store) - order.ageSeconds * 1000);
  const owner = order.tamper === "owner" ? "dinganotherapp000001" : keys.owner;
  const encrypted = encrypt({ ...keys, owner }, JSON.stringify(eventBody(store, order, timestamp)));
  const url = signedUrl(callbackUrl, {
    timestamp,
    encrypted,
    token: order.tamper === "signature" ? "wrong" : keys.token,
  });
  const response = await post(url, JSON.stringify({ encrypt: encrypted }));
  if (!response) return { status: 0, answer: "The registered address did not answer." };
  return { status: response.status, answer: decryptAnswer(keys, await response.text()) };
}

async function post(url: string, body: string): Promise<Response | null> {
  const headers = { "content-type": "application/json" };
  const signal = AbortSignal.timeout(5000);
  return fetch(url, { method: "POST", headers, body, redirect: "manual", signal }).catch(() => null);
}

function callbackKeys(store: Store): CallbackKeys {
  const { callbackToken: token, callbackAesKey: aesKey } = store.settings;
  return { token, aesKey, owner: store.options.clientId };
}

function eventBody(store: Store, order: EventOrder, timestamp: string) {
  return {
    EventType: order.type,
    EventTime: Number(timestamp),
    CorpId: store.options.corpId,
    BizId: randomUUID(),
    eventId: order.eventId ?? randomUUID(),
    timeStamp: timestamp,
    ...(order.userid ? { userId: [order.userid] } : {}),
    ...(order.deptId ? { deptId: [order.deptId] } : {}),
  };
}

function signedUrl(callbackUrl: string, input: { token: string; timestamp: string; encrypted: string }): string {
  const nonce = randomBytes(8).toString("hex");
  const signature = sign(input.token, input.timestamp, nonce, input.encrypted);
  const url = new URL(callbackUrl);
  for (const name of ["signature", "msg_signature"]) url.searchParams.set(name, signature);
  url.searchParams.set("timestamp", input.timestamp);
  url.searchParams.set("nonce", nonce);
  return url.href;
}

function decryptAnswer(keys: CallbackKeys, text: string): string | null {
  const encrypted = parseObject(text)?.encrypt;
  if (typeof encrypted !== "string") return null;
  try {
    return decrypt(keys, encrypted);
  } catch {
    return null;
  }
}
