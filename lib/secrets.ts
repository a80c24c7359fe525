import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, safe in a cookie or an address. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
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
