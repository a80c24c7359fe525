import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits, safe in a cookie or an address. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

const half = 16;

/** A secret that proves that the holder of `key` issued it: 128 random bits, and as many of their signature. */
export function createSignedSecret(key: string): string {
  const random = randomBytes(half);
  return Buffer.concat([random, sign(random, key)]).toString("base64url");
}

/** Whether a secret was issued with this key, and not made up. */
export function isSignedSecret(secret: string, key: string): boolean {
  const bytes = Buffer.from(secret, "base64url");
  return bytes.length === 2 * half && timingSafeEqual(bytes.subarray(half), sign(bytes.subarray(0, half), key));
}

function sign(random: Buffer, key: string): Buffer {
  return createHmac("sha256", key).update(random).digest().subarray(0, half);
}

/** The hash that the database stores instead of a secret. A plain hash is enough, because the input has 128 bits or more. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A reference that a person can read out on the phone; the log has it next to the cause. */
export function createReference(): string {
  return Array.from(randomBytes(8), (byte) => alphabet[byte % alphabet.length]).join("");
}
