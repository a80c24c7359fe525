import { authCookies, setCookieLine, signedOutCookie } from "../http/cookies";
import { safeReturnTo } from "../http/return-to";
import { type Refusal } from "../refusals";
import { type SignInMethod } from "../sign-in-method";
import { toResponse } from "./call";
import { type Answer, askNextAuth, type Call } from "./next-auth";
import { type Browser } from "./providers";
import { type Refused, refusalAddress, refuse } from "./refuse";
import { renameState, withOwnState } from "./state-cookies";

type Arrival = { call: Call; browser: Browser; method: SignInMethod };

/** DingTalk sends the browser back, with `code` or, older, `authCode`, or with `error` when the person declined. */
export async function answerOAuth({ call, browser, method }: Arrival): Promise<Response> {
  const { state = null, code, authCode, error } = call.query ?? {};
  const base = authCookies().state.name;
  const cookies = withOwnState(call.cookies, base, state);
  if (!state || !cookies[base]) return turnAway({ call, browser, method }, "state_mismatch");
  if (error) return turnAway({ call, browser, method }, "denied");
  const query = { state, code: code ?? authCode ?? "" };
  const answer = await askNextAuth({ ...call, query, cookies }, browser);
  const setCookies = answer.setCookies.map((line) => renameState(line, base, state));
  return conclude({ call, browser, method }, { ...answer, setCookies });
}

/** Our own page sends a silent code or a ticket: as JSON, which no form on another site can. (S13) */
export async function answerPost({ call, browser, method }: Arrival, contentType: string | null): Promise<Response> {
  if (!contentType?.startsWith("application/json")) return turnAway({ call, browser, method }, "bad_request");
  const body = { ...call.body, json: "true" };
  return conclude({ call, browser, method }, await askNextAuth({ ...call, body }, browser));
}

/** Refuses without asking anybody. */
export async function turnAway(arrival: Arrival, refusal: Refusal): Promise<Response> {
  const { browser, method, call } = arrival;
  return refuseTo(call, await refuse({ ...browser, method, refusal }), []);
}

function conclude(arrival: Arrival, answer: Answer): Promise<Response> | Response {
  const { admission } = answer;
  // next-auth stopped before the gate: the state or csrf cookie was missing, expired or another sign-in's.
  if (!admission) return turnAway(arrival, "state_mismatch");
  if ("refused" in admission) return refuseTo(arrival.call, admission, answer.setCookies);
  const welcome = setCookieLine(signedOutCookie(), "", 0);
  return toResponse({ ...answer, setCookies: [...answer.setCookies, welcome] }, arrival.call.cookies);
}

function refuseTo(call: Call, refused: Refused, setCookies: string[]): Response {
  const url = refusalAddress(refused, returnToOf(call));
  const isScript = call.method === "POST";
  const answer = { admission: refused, setCookies, status: 401, location: isScript ? null : url, body: { url } };
  return toResponse(answer, call.cookies);
}

/** What the person wanted to see, so that a refusal loses nothing. */
function returnToOf({ body, cookies }: Call): string {
  const wanted = String(body?.callbackUrl ?? cookies[authCookies().callbackUrl.name] ?? "");
  return safeReturnTo(URL.canParse(wanted) ? new URL(wanted).pathname + new URL(wanted).search : wanted);
}
