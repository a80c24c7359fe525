import { cookies, headers } from "next/headers";
import { env } from "../env";
import { endAtOwnWish } from "../sessions/end-at-own-wish";
import { readVisit } from "../visit";
import { authCookies, signedOutCookie, signedOutSeconds } from "./cookies";
import { findViewer } from "./viewer";

/** Ends this browser's session, on the server first, and notes that nobody is to be signed in silently now. (S15, S27) */
export async function signOut(): Promise<void> {
  const viewer = await findViewer();
  const visit = readVisit(await headers(), env().TRUSTED_PROXY_COUNT);
  if (viewer) await endAtOwnWish({ ...viewer, idHash: viewer.session.id }, visit);
  const jar = await cookies();
  jar.delete({ ...authCookies().sessionToken.options, name: authCookies().sessionToken.name });
  const { name, options } = signedOutCookie();
  jar.set(name, "1", { ...options, maxAge: signedOutSeconds });
}
