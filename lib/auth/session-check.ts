import { env } from "../env";
import { listCookies, readCookie, renewCookie } from "../http/cookies";
import { type Viewer } from "../sessions/permission";
import { seal } from "./seal";
import { askViewer, currentSessionId } from "./viewer";

/** How long the session's cookie lasts at most; the row behind it may end earlier. */
export function sessionSeconds(): number {
  return env().SESSION_MAX_DAYS * 86_400;
}

/**
 * Answers the usual check of a live session, as next-auth would: every page that uses its client sends one, and most of
 * next-auth serves other requests. For all others, returns whom next-auth's own answer describes.
 */
export async function checkSession(request: Request): Promise<Response | { viewer: Viewer | null }> {
  const { viewer, unavailable } = await askViewer();
  // Only an ended session may be answered with an empty one, for which next-auth deletes the cookie. (S25, S35)
  if (unavailable) return answerUnavailable();
  const isUsual = viewer !== null && request.method === "GET" && (await hasUsualCookies());
  return isUsual ? describeSession(viewer) : { viewer };
}

function answerUnavailable(): Response {
  const headers = { "retry-after": "10", "cache-control": "no-store" };
  return Response.json({ error: "unavailable" }, { status: 503, headers });
}

/** Without them, next-auth would issue its other cookies too, or join the parts of a session's cookie. */
async function hasUsualCookies(): Promise<boolean> {
  const [parts, csrfToken] = await Promise.all([listCookies("session"), readCookie("csrf-token")]);
  return parts.length === 1 && csrfToken !== null;
}

/** The session as next-auth's client expects it, and its cookie, which lasts longer with each check. */
async function describeSession({ name }: Viewer): Promise<Response> {
  const lifeSeconds = sessionSeconds();
  const expires = new Date(Date.now() + lifeSeconds * 1000);
  const sessionId = (await currentSessionId()) ?? undefined;
  await renewCookie("session", await seal("", { sessionId }, lifeSeconds), expires);
  const headers = { "cache-control": "no-store", pragma: "no-cache", expires: "0" };
  return Response.json({ expires: expires.toISOString(), user: { name } }, { headers });
}
