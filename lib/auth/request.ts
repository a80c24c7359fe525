import { NextRequest } from "next/server";
import { type NextAuthOptions } from "next-auth";
import { z } from "zod";
import { env } from "../env";
import { type Fields, isJson, readFields } from "../http/body";
import { currentClient } from "../http/client-info";
import { isCrossSite } from "../http/origin";
import { readCallbackUrl } from "../http/return-to";
import { type Refusal, refusals } from "../refusals";
import { type Viewer } from "../sessions/permission";
import { providers } from "../sign-in-method";
import { refuseExcess } from "./limit";
import { readOAuthState } from "./oauth-state";
import { authOptions } from "./options";
import { type Callback, createProviders } from "./provider";
import { refusalAddress, refuse } from "./refuse";
import { checkSession } from "./session-check";
import { startSignIn } from "./start";
import { readWaiting } from "./turn";
import { currentSessionId } from "./viewer";
import { parseWaitAddress } from "./wait-address";

type Context = { params: Promise<{ nextauth: string[] }> };
type CredentialsMethod = "silent" | "ticket";

/** What next-auth is called with; `method` names the sign-in whose answer `completeAuth` translates. */
type AuthRequest = { request: NextRequest; options: NextAuthOptions; method?: CredentialsMethod; returnTo: string };

/** next-auth has one more, `_log`, which would let any stranger write into ours. (S37) */
const actions = ["csrf", "session", "providers", "signin", "signout", "callback", "error"];

/** The words with which next-auth itself leads to its error page. */
const errorWords = [
  ...["Configuration", "AccessDenied", "Verification", "Default", "Signin", "OAuthSignin", "OAuthCallback"],
  ...["OAuthCreateAccount", "EmailCreateAccount", "Callback", "OAuthAccountNotLinked", "EmailSignin"],
  ...["CredentialsSignin", "SessionRequired"],
];

/** Checks a request to one of next-auth's addresses and prepares it; a response where next-auth has nothing to do. */
export async function prepareAuth(request: NextRequest, { params }: Context): Promise<AuthRequest | Response> {
  const [action = "", provider] = (await params).nextauth;
  const refused = refusedStatus(request, action);
  if (refused) return new Response(null, { status: refused });
  if (action === "signin" && request.method === "POST") return startSignIn(request);
  if (action === "session") return prepareSession(request);
  return (await refuseExcess(request)) ?? prepareAction(request, { action, provider });
}

type Action = { action: string; provider: string | undefined };

async function prepareAction(request: NextRequest, { action, provider }: Action): Promise<AuthRequest | Response> {
  if (action === "callback" && provider === providers.redirect) return prepareOAuth(request);
  if (action === "callback" && provider === providers.silent) return prepareCredentials(request, "silent");
  if (action === "callback" && provider === providers.ticket) return prepareCredentials(request, "ticket");
  return prepareOther(request);
}

/** The check of a live session is not counted: no stranger can send it, and the pages of a session are not counted either. (S42) */
async function prepareSession(request: NextRequest): Promise<AuthRequest | Response> {
  const checked = await checkSession(request);
  if (checked instanceof Response) return checked;
  return (await refuseExcess(request)) ?? prepareOther(request, checked);
}

async function prepareOther(request: NextRequest, purpose: Purpose = {}): Promise<AuthRequest | Response> {
  const isForeign = request.method === "POST" && isCrossSite(request.headers, env().NEXTAUTH_URL);
  return isForeign ? new Response(null, { status: 403 }) : prepare(await limitBody(request), purpose);
}

/** next-auth copies an error word into a header as it is, and a line break there would fail and be logged. (S37) */
function refusedStatus({ nextUrl }: NextRequest, action: string): 400 | 404 | null {
  if (!actions.includes(action)) return 404;
  const known: string[] = [...errorWords, ...refusals];
  const words = nextUrl.searchParams.getAll("error");
  return action === "error" && !words.every((word) => known.includes(word)) ? 400 : null;
}

/**
 * DingTalk sends the browser back with `code` or, older, `authCode`, or with `error` when the person declined. (S4) A browser
 * that had to wait for its turn comes back with `waiting`, and with the code in its cookie.
 */
async function prepareOAuth(request: NextRequest): Promise<AuthRequest | Response> {
  if (request.method !== "GET") return notAllowed("GET");
  const { searchParams, origin, pathname } = request.nextUrl;
  const isReturning = searchParams.has("waiting");
  const kept = isReturning ? (await readWaiting())?.oauth : null;
  // Another tab may have signed this browser in meanwhile. The sign-in page knows.
  if (isReturning && !kept) return new Response(null, { status: 303, headers: { ...noStore, location: "/login" } });
  const state = await readOAuthState(kept?.state ?? searchParams.get("state"));
  const code = kept?.code ?? searchParams.get("code") ?? searchParams.get("authCode");
  const returnTo = readCallbackUrl(state?.returnTo);
  // next-auth would fail on `error` before its provider is asked, and takes the return path from `callbackUrl`.
  const query = new URLSearchParams({ ...(state && { state: state.state }), callbackUrl: returnTo });
  const callback = { state, code, isDenied: searchParams.has("error") };
  const { signal } = request;
  return prepare(new NextRequest(`${origin}${pathname}?${query}`, { signal }), { callback, returnTo });
}

/** Our own page posts a silent code or a ticket: as JSON, which no form on another site can. (S4, S13) */
async function prepareCredentials(request: NextRequest, method: CredentialsMethod): Promise<AuthRequest | Response> {
  if (request.method !== "POST") return notAllowed("POST");
  const isForeign = isCrossSite(request.headers, env().NEXTAUTH_URL);
  if (isForeign || !isJson(request))
    return refuseCredentials({ method, returnTo: readCallbackUrl(null) }, "bad_request");
  const fields = await readFields(request);
  const returnTo = readCallbackUrl(fields.callbackUrl);
  return prepare(withFields(request, { ...fields, json: "true" }), { method, returnTo });
}

type Purpose = { callback?: Callback; method?: CredentialsMethod; returnTo?: string; viewer?: Viewer | null };

async function prepare(
  request: NextRequest,
  { callback = noCallback, method, returnTo = "/profile", viewer = null }: Purpose = {},
) {
  const { signal } = request;
  const browser = { client: await currentClient(), previousSessionId: await currentSessionId(), signal };
  const options = authOptions({ providers: createProviders(browser, callback), returnTo, viewer });
  return { request, options, method, returnTo };
}

const noCallback: Callback = { state: null, code: null, isDenied: false };

async function limitBody(request: NextRequest): Promise<NextRequest> {
  return request.method === "POST" ? withFields(request, await readFields(request)) : request;
}

/** The request with a body that was read once, within its limit. */
function withFields(request: NextRequest, fields: Fields): NextRequest {
  const headers = { "content-type": "application/json" };
  const { url, signal } = request;
  return new NextRequest(url, { method: "POST", headers, body: JSON.stringify(fields), signal });
}

const noStore = { "cache-control": "no-store" };

const redirection = z.object({ url: z.string() });

/**
 * Completes next-auth's answer: it is never stored, a refusal of posted credentials has the status 401, and 202 says how long
 * they have to wait: after `seconds`, the page posts a new code.
 */
export async function completeAuth(response: Response, { method, returnTo }: AuthRequest): Promise<Response> {
  const { headers } = response;
  headers.set("cache-control", "no-store");
  if (!method) return response;
  const { url } = redirection.parse(await response.json());
  // Where next-auth leads when the token that proves our own page is missing or another browser's.
  if (url.endsWith("/signin?csrf=true")) return refuseCredentials({ method, returnTo }, "state_mismatch");
  const wait = parseWaitAddress(url);
  if (wait) return Response.json({ wait }, { status: 202, headers });
  return Response.json({ url }, { status: url.startsWith("/login?") ? 401 : 200, headers });
}

type Refusable = { method: CredentialsMethod; returnTo: string };

async function refuseCredentials({ method, returnTo }: Refusable, refusal: Refusal): Promise<Response> {
  const refused = await refuse({ refusal, method, client: await currentClient() });
  const headers = { "cache-control": "no-store" };
  return Response.json({ url: refusalAddress(refused, returnTo) }, { status: 401, headers });
}

function notAllowed(allow: "GET" | "POST"): Response {
  return new Response(null, { status: 405, headers: { allow } });
}
