import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** The keys of a callback in DingTalk's console. `owner`: the app's client id, or the corpId for a registration by API. */
export type CallbackKeys = { token: string; aesKey: string; owners: string[] };

/** What DingTalk posts: the query of the address, and `encrypt` of the body. */
export type Push = { signature: string; timestamp: string; nonce: string; encrypt: string };

export type PushRefusal = "signature" | "time" | "encryption" | "owner";

/** A push may be this old or this far ahead, with repeats and clocks that differ. */
const maxAgeMs = 15 * 60_000;
const blockBytes = 32;

/**
 * Checks the signature and the time of a push and decrypts it; a word that says what is wrong instead. DingTalk's own test data
 * is in the tests. https://open.dingtalk.com/document/development/http-callback-overview
 */
export function openPush(
  keys: CallbackKeys,
  push: Push,
  nowMs: number,
): { message: string } | { refused: PushRefusal } {
  const { signature, timestamp, nonce, encrypt } = push;
  if (!isSame(signature, sign(keys, { timestamp, nonce, encrypt }))) return { refused: "signature" };
  // The documents show milliseconds, their test data seconds.
  const sentAtMs = Number(timestamp) * (timestamp.length > 10 ? 1 : 1000);
  if (!(Math.abs(nowMs - sentAtMs) <= maxAgeMs)) return { refused: "time" };
  const opened = decrypt(keys, encrypt);
  if (!opened) return { refused: "encryption" };
  return keys.owners.includes(opened.owner) ? { message: opened.message } : { refused: "owner" };
}

/** The answer that DingTalk expects, which says "success" under the same keys. */
export function sealAnswer(keys: CallbackKeys, nowMs: number) {
  const timeStamp = String(nowMs);
  const nonce = randomBytes(8).toString("hex");
  const encrypt = encryptText(keys, "success");
  return { msg_signature: sign(keys, { timestamp: timeStamp, nonce, encrypt }), timeStamp, nonce, encrypt };
}

/** SHA-1 over the four texts in ascending order. */
function sign({ token }: CallbackKeys, { timestamp, nonce, encrypt }: Omit<Push, "signature">): string {
  return createHash("sha1").update([token, timestamp, nonce, encrypt].sort().join("")).digest("hex");
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The plain bytes: 16 random ones, the length of the message, the message, the owner, and a padding to 32 bytes. */
export function decrypt(
  keys: Pick<CallbackKeys, "aesKey">,
  encrypted: string,
): { message: string; owner: string } | null {
  try {
    const decipher = createDecipheriv("aes-256-cbc", ...keyAndIv(keys)).setAutoPadding(false);
    const padded = Buffer.concat([decipher.update(encrypted, "base64"), decipher.final()]);
    const padding = padded.at(-1) ?? 0;
    if (padding < 1 || padding > blockBytes || padded.length < 20 + padding) return null;
    const plain = padded.subarray(0, padded.length - padding);
    const end = 20 + plain.readUInt32BE(16);
    if (end > plain.length) return null;
    return { message: plain.subarray(20, end).toString(), owner: plain.subarray(end).toString() };
  } catch {
    return null;
  }
}

function encryptText({ aesKey, owners }: CallbackKeys, text: string): string {
  const message = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.from(owners[0] ?? "")]);
  const missing = blockBytes - (plain.length % blockBytes);
  const cipher = createCipheriv("aes-256-cbc", ...keyAndIv({ aesKey })).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(missing, missing)), cipher.final()]).toString(
    "base64",
  );
}

function keyAndIv({ aesKey }: Pick<CallbackKeys, "aesKey">): [Buffer, Buffer] {
  const key = Buffer.from(`${aesKey}=`, "base64");
  return [key, key.subarray(0, 16)];
}
