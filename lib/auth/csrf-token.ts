import { createHash, randomBytes } from "node:crypto";
import { env } from "../env";
import { readCookie, writeCookie } from "../http/cookies";

/**
 * The token that a sign-in must carry to prove that our own page sent it, with the cookie that next-auth compares it to. The
 * page inside DingTalk carries it, which saves the request to `/api/auth/csrf`. (S4)
 * https://next-auth.js.org/getting-started/rest-api#get-apiauthcsrf
 */
export async function issueCsrfToken(): Promise<string> {
  const [known, hash] = (await readCookie("csrf-token"))?.split("|") ?? [];
  if (known && hash === hashOf(known)) return known;
  const token = randomBytes(32).toString("hex");
  await writeCookie("csrf-token", `${token}|${hashOf(token)}`);
  return token;
}

/** As next-auth computes it. */
function hashOf(token: string): string {
  return createHash("sha256")
    .update(token + env().NEXTAUTH_SECRET)
    .digest("hex");
}
