import { decode, type JWT, type JWTDecodeParams } from "next-auth/jwt";
import { env } from "../env";

/** Opens a cookie that next-auth sealed, with the secret of now or else the one before it; throws when neither fits. (S36) */
export async function unseal(sealed: Pick<JWTDecodeParams, "token">): Promise<JWT | null> {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER } = env();
  try {
    return await decode({ ...sealed, secret: NEXTAUTH_SECRET });
  } catch (error) {
    if (!NEXTAUTH_SECRET_FORMER) throw error;
    return decode({ ...sealed, secret: NEXTAUTH_SECRET_FORMER });
  }
}
