import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, safe in a cookie or an address. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What the database keeps in place of a secret. A plain hash will do: what goes in has 128 bits or more. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A number that a person can read out on the phone, and that stands beside the cause in the log. */
export function createReference(): string {
  return Array.from(randomBytes(8), (byte) => alphabet[byte % alphabet.length]).join("");
}
