import { env } from "../env";
import { readClientInfo } from "../http/client-info";
import { authCookies, ticketSecretCookie } from "../http/cookies";
import { type Browser } from "./providers";
import { unseal } from "./seal";

/** The session id sealed in a browser's cookie, or null. Only the row behind it tells whether the session still lives. */
export async function readSessionId(sealed: string | undefined): Promise<string | null> {
  if (!sealed) return null;
  try {
    const token = await unseal({ token: sealed });
    return token?.sessionId ?? null;
  } catch {
    // A cookie that was tampered with, or sealed with a secret that is no longer known, is no session.
    return null;
  }
}

/** Everything the gate wants to know of the browser at the door. */
export async function readBrowser(headers: Headers, cookies: Record<string, string>): Promise<Browser> {
  const previousSessionId = await readSessionId(cookies[authCookies().sessionToken.name]);
  const ticketSecret = cookies[ticketSecretCookie().name] ?? null;
  return { client: readClientInfo(headers, env().TRUSTED_PROXY_COUNT), previousSessionId, ticketSecret };
}
