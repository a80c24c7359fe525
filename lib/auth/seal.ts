import { decode, encode, type JWT } from "next-auth/jwt";
import { env } from "../env";

declare module "next-auth/jwt" {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be merged with next-auth's.
  interface JWT {
    sessionId?: string;
  }
}

/** next-auth seals the session's cookie without a salt; a sealed state has one, so that neither passes for the other. (S30) */
type Purpose = "" | "state" | "waiting";

/** Encrypts and authenticates a value for a cookie, as next-auth does it, for so many seconds. */
export function seal(purpose: Purpose, token: JWT, lifeSeconds: number): Promise<string> {
  return encode({ token, secret: env().NEXTAUTH_SECRET, salt: purpose, maxAge: lifeSeconds });
}

/** Opens what was sealed, with the present secret or the former one; null when it is expired, forged or of another purpose. (S36) */
export async function unseal(purpose: Purpose, sealed: string | null): Promise<JWT | null> {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER } = env();
  if (!sealed) return null;
  for (const secret of [NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER]) {
    const token = secret && (await decode({ token: sealed, secret, salt: purpose }).catch(() => null));
    if (token) return token;
  }
  return null;
}
