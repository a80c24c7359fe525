import { type NextRequest } from "next/server";
import { readBrowser } from "../auth/browser";
import { env } from "../env";
import { setCookieLine, ticketSecretCookie } from "../http/cookies";
import { isFromElsewhere } from "../http/origin";
import { exceedsLimit } from "../http/rate-limits";
import { hashSecret, randomSecret } from "../secrets";
import { cancelTicket, type TicketCredentials, viewTicket } from "./desktop";
import { openTicket } from "./open";
import { streamTicket } from "./stream";

/** A secret outlives its tickets a little, so that a tab left open goes on with the same one. */
const secretSeconds = 3600;

/** Opens a ticket for a desktop's page: the address for the QR, the number to show, and the secret as a cookie. */
export async function answerOpen(request: NextRequest): Promise<Response> {
  if (isFromElsewhere(request.headers, env().NEXTAUTH_URL)) return new Response(null, { status: 403 });
  const { ticketSecret: known, client } = await browserOf(request);
  const secret = known ?? randomSecret();
  const wait = await exceedsLimit({ "open by ip": client.ip, "open by browser": hashSecret(secret) });
  if (wait !== null) return tooMany(wait);
  const ticket = await openTicket(secret, client);
  if (!ticket) return tooMany(30);
  const { id, number, secondsLeft } = ticket;
  const headers = {
    "cache-control": "no-store",
    "set-cookie": setCookieLine(ticketSecretCookie(), secret, secretSeconds),
  };
  return Response.json(
    { id, number, secondsLeft, address: `${env().NEXTAUTH_URL}/scan/${id}` },
    { status: 201, headers },
  );
}

/** How a ticket stands, for a browser whose event stream does not hold. */
export async function answerView(request: NextRequest, id: string): Promise<Response> {
  return withCredentials(request, id, async (credentials) => {
    const view = await viewTicket(credentials);
    return view ? Response.json(view, { headers: { "cache-control": "no-store" } }) : notYours();
  });
}

/** The same as it happens. */
export async function answerEvents(request: NextRequest, id: string): Promise<Response> {
  return withCredentials(request, id, async (credentials) =>
    (await viewTicket(credentials)) ? streamTicket(credentials, request.signal) : notYours(),
  );
}

/** Takes a ticket back. */
export async function answerCancel(request: NextRequest, id: string): Promise<Response> {
  if (isFromElsewhere(request.headers, env().NEXTAUTH_URL)) return new Response(null, { status: 403 });
  return withCredentials(request, id, async (credentials) => {
    await cancelTicket(credentials);
    return new Response(null, { status: 204 });
  });
}

async function withCredentials(
  request: NextRequest,
  id: string,
  answer: (credentials: TicketCredentials) => Promise<Response>,
): Promise<Response> {
  const { ticketSecret: secret, client } = await browserOf(request);
  if (!secret) return notYours();
  const wait = await exceedsLimit({ "ask by ip": client.ip, "ask by browser": hashSecret(secret) });
  return wait === null ? answer({ id, secret }) : tooMany(wait);
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
