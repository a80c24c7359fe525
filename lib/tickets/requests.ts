import type { NextRequest } from "next/server";
import { readBrowser } from "../auth/browser";
import { claimCookie, setCookieLine } from "../auth/cookies";
import { isFromElsewhere } from "../auth/origin";
import { env } from "../env";
import { exceedsLimit } from "../limits";
import { hashSecret, randomSecret } from "../secrets";
import type { Halves } from "./desktop";
import { cancelTicket, viewTicket } from "./desktop";
import { openTicket } from "./open";
import { streamTicket } from "./stream";

/** A claim outlives its tickets a little, so that a tab left open goes on with the same one. */
const claimSeconds = 3600;

/** Opens a ticket for a desktop's page: the address for the QR, the number to show, and the claim as a cookie. */
export async function answerOpen(request: NextRequest): Promise<Response> {
  if (isFromElsewhere(request.headers, env().NEXTAUTH_URL)) return new Response(null, { status: 403 });
  const { claim: known, visit } = await browserOf(request);
  const claim = known ?? randomSecret();
  const wait = await exceedsLimit({ "open by ip": visit.ip, "open by browser": hashSecret(claim) });
  if (wait !== null) return tooMany(wait);
  const ticket = await openTicket(claim, visit);
  if (!ticket) return tooMany(30);
  const { id, number, secondsLeft } = ticket;
  const headers = { "cache-control": "no-store", "set-cookie": setCookieLine(claimCookie(), claim, claimSeconds) };
  return Response.json(
    { id, number, secondsLeft, address: `${env().NEXTAUTH_URL}/scan/${id}` },
    { status: 201, headers },
  );
}

/** How a ticket stands, for a browser whose event stream does not hold. */
export async function answerView(request: NextRequest, id: string): Promise<Response> {
  return withHalves(request, id, async (halves) => {
    const view = await viewTicket(halves);
    return view ? Response.json(view, { headers: { "cache-control": "no-store" } }) : notYours();
  });
}

/** The same as it happens. */
export async function answerEvents(request: NextRequest, id: string): Promise<Response> {
  return withHalves(request, id, async (halves) =>
    (await viewTicket(halves)) ? streamTicket(halves, request.signal) : notYours(),
  );
}

/** Takes a ticket back. */
export async function answerCancel(request: NextRequest, id: string): Promise<Response> {
  if (isFromElsewhere(request.headers, env().NEXTAUTH_URL)) return new Response(null, { status: 403 });
  return withHalves(request, id, async (halves) => {
    await cancelTicket(halves);
    return new Response(null, { status: 204 });
  });
}

async function withHalves(
  request: NextRequest,
  id: string,
  answer: (halves: Halves) => Promise<Response>,
): Promise<Response> {
  const { claim, visit } = await browserOf(request);
  if (!claim) return notYours();
  const wait = await exceedsLimit({ "ask by ip": visit.ip, "ask by browser": hashSecret(claim) });
  return wait === null ? answer({ id, claim }) : tooMany(wait);
}

function browserOf(request: NextRequest) {
  const cookies = Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value]));
  return readBrowser(request.headers, cookies);
}

/** The same answer for a ticket that does not exist and for another browser's. */
function notYours(): Response {
  return new Response(null, { status: 404 });
}

function tooMany(seconds: number): Response {
  const headers = { "retry-after": String(seconds), "cache-control": "no-store" };
  return Response.json({ retryAfterSeconds: seconds }, { status: 429, headers });
}
