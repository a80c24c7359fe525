import { createSecretKey, hkdfSync, type KeyObject, randomUUID } from "node:crypto";
import { EncryptJWT, jwtDecrypt } from "jose";
import { type JWT } from "next-auth/jwt";
import { z } from "zod";
import { env } from "../env";
import { singleton } from "../singleton";

declare module "next-auth/jwt" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged with next-auth's.
  interface JWT {
    sessionId?: string;
  }
}

/** next-auth seals the session's cookie without a salt; a sealed state has one, so that neither passes for the other. (S30) */
type Purpose = "" | "state" | "waiting" | "mobile";

/** As next-auth's own `decode` allows. */
const clockToleranceSeconds = 15;

/**
 * Encrypts and authenticates a value for a cookie, for so many seconds. The format is that of next-auth's `encode`, which
 * derives its key anew at every call.
 */
export function seal(purpose: Purpose, token: JWT, lifeSeconds: number): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  return new EncryptJWT(token)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + lifeSeconds)
    .setJti(randomUUID())
    .encrypt(keyFor(purpose, env().NEXTAUTH_SECRET));
}

/** Opens what was sealed, with the present secret or the former one; null when it is expired, forged or of another purpose. (S36) */
export async function unseal(purpose: Purpose, sealed: string | null): Promise<JWT | null> {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER } = env();
  if (!sealed) return null;
  for (const secret of [NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER]) {
    const token = secret && (await decrypt(sealed, keyFor(purpose, secret)));
    if (token) return token;
  }
  return null;
}

const claims = z.looseObject({ sessionId: z.string().optional() });

async function decrypt(sealed: string, key: KeyObject): Promise<JWT | null> {
  const opened = await jwtDecrypt(sealed, key, { clockTolerance: clockToleranceSeconds }).catch(() => null);
  return claims.safeParse(opened?.payload).data ?? null;
}

const keys = singleton("sealKeys", () => new Map<string, KeyObject>());

/** The key of a secret for a purpose, derived once: deriving it takes ten times as long as encrypting a cookie. */
function keyFor(purpose: Purpose, secret: string): KeyObject {
  const name = `${purpose}:${secret}`;
  const key = keys().get(name) ?? deriveKey(purpose, secret);
  keys().set(name, key);
  return key;
}

/** As next-auth derives it, so that each opens what the other has sealed. */
function deriveKey(purpose: Purpose, secret: string): KeyObject {
  const info = `NextAuth.js Generated Encryption Key${purpose && ` (${purpose})`}`;
  return createSecretKey(Buffer.from(hkdfSync("sha256", secret, purpose, info, 32)));
}
