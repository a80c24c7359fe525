import { type CallbackKeys, encrypt, sign } from "../sandbox/events/crypto";

/** What of a push can be wrong. */
export type PushOrder = {
  text: string;
  owner: string;
  timestamp: number;
  signature: string;
  body: string;
  ip: string;
};

/** The request with which DingTalk pushes an event. */
export function buildPush(keys: CallbackKeys, { text = "", ...order }: Partial<PushOrder>): Request {
  const { owner = keys.owner, timestamp = Date.now(), ip = "203.0.113.24" } = order;
  const encrypted = encrypt({ ...keys, owner }, text);
  const { signature = sign(keys.token, String(timestamp), "nonce", encrypted) } = order;
  const query = new URLSearchParams({ msg_signature: signature, timestamp: String(timestamp), nonce: "nonce" });
  return new Request(`https://login.example.com/api/dingtalk/events?${query}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": ip },
    body: order.body ?? JSON.stringify({ encrypt: encrypted }),
  });
}
