import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** The keys of a callback registration. For an app that was created in the console, the owner is its AppKey. */
export type CallbackKeys = { token: string; aesKey: string; owner: string };

const blockBytes = 32;

/**
 * Encrypts as DingTalk does: 16 random bytes, the length, the text, the owner, padded to blocks of 32 bytes.
 * https://open.dingtalk.com/document/development/http-callback-overview
 */
export function encrypt(keys: CallbackKeys, text: string): string {
  const message = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const plain = Buffer.concat([randomBytes(16), length, message, Buffer.from(keys.owner)]);
  const cipher = createCipheriv("aes-256-cbc", ...keyAndIv(keys)).setAutoPadding(false);
  return Buffer.concat([cipher.update(pad(plain)), cipher.final()]).toString("base64");
}

/** The decrypted text; throws when the message was encrypted for another owner. */
export function decrypt(keys: CallbackKeys, encrypted: string): string {
  const decipher = createDecipheriv("aes-256-cbc", ...keyAndIv(keys)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(encrypted, "base64"), decipher.final()]);
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
  const end = 20 + plain.readUInt32BE(16);
  if (plain.subarray(end).toString() !== keys.owner) throw new Error("The message belongs to another owner.");
  return plain.subarray(20, end).toString();
}

/** SHA-1 over the four strings in ascending order. */
export function sign(...parts: [token: string, timestamp: string, nonce: string, encrypted: string]): string {
  return createHash("sha1").update(parts.sort().join("")).digest("hex");
}

function keyAndIv(keys: CallbackKeys): [Buffer, Buffer] {
  const key = Buffer.from(`${keys.aesKey}=`, "base64");
  return [key, key.subarray(0, 16)];
}

function pad(plain: Buffer): Buffer {
  const count = blockBytes - (plain.length % blockBytes);
  return Buffer.concat([plain, Buffer.alloc(count, count)]);
}
