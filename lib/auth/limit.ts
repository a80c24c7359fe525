import { currentClient, networkOf } from "../http/client-info";
import { readCookie } from "../http/cookies";
import { exceedsLimit, tooManyRequests } from "../http/rate-limits";
import { refusalAddress, refuse } from "./refuse";
import { readWaiting } from "./turn";

/**
 * Counts a request that any stranger can send; returns the answer to one too many, or null. A browser gets the sign-in page,
 * which says how long to wait and starts nothing by itself; a script gets a 429 that names this page. (S20, S42)
 */
export async function refuseExcess(request: Request, returnTo?: string): Promise<Response | null> {
  const client = await currentClient();
  // next-auth gives every browser this token; it is the one cookie that each sign-in method has.
  const browser = await readCookie("csrf-token");
  const waiting = await readWaiting();
  const network = waiting
    ? (["return by sign-in", waiting.id] as const)
    : (["request by ip", networkOf(client)] as const);
  const seconds = await exceedsLimit(network, ["request by browser", browser]);
  if (seconds === null) return null;
  const refused = await refuse({ refusal: "too_many_requests", method: null, client });
  const url = refusalAddress({ ...refused, seconds }, returnTo);
  if (!isNavigation(request)) return tooManyRequests(seconds, { url });
  return new Response(null, { status: 303, headers: { location: url, "cache-control": "no-store" } });
}

/** Counts a page's report of a failure, which costs a log line; returns the answer to one too many, or null. */
export async function refuseExcessReport(): Promise<Response | null> {
  const client = await currentClient();
  const seconds = await exceedsLimit(["report by ip", networkOf(client)]);
  if (seconds === null) return null;
  await refuse({ refusal: "too_many_requests", method: null, client });
  return tooManyRequests(seconds);
}

/** Whether a person sees the answer. Browsers ask for HTML when they open a page or send a form, and scripts do not. */
function isNavigation(request: Request): boolean {
  return request.headers.get("accept")?.includes("text/html") ?? false;
}
