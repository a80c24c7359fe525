import { cookies, headers } from "next/headers";
import { env } from "../env";
import { readClientInfo } from "../http/client-info";
import { authCookies, signedOutCookie, signedOutSeconds } from "../http/cookies";
import { endAtOwnWish } from "../sessions/end-at-own-wish";
import { findViewer } from "./viewer";

/** Ends this browser's session, on the server first, and notes that nobody is to be signed in silently now. (S15, S27) */
export async function signOut(): Promise<void> {
  const viewer = await findViewer();
  const client = readClientInfo(await headers(), env().TRUSTED_PROXY_COUNT);
  if (viewer) await endAtOwnWish({ ...viewer, idHash: viewer.session.id }, client);
  const jar = await cookies();
  jar.delete({ ...authCookies().sessionToken.options, name: authCookies().sessionToken.name });
  const { name, options } = signedOutCookie();
  jar.set(name, "1", { ...options, maxAge: signedOutSeconds });
}
