import { recordRefusal } from "../audit/refusals";
import { env } from "../env";
import { type ClientInfo, currentClient, networkOf } from "../http/client-info";
import { readCookie, writeCookie } from "../http/cookies";
import { isCrossSite } from "../http/origin";
import { exceedsLimit, tooManyRequests } from "../http/rate-limits";
import { createSignedSecret, isSignedSecret } from "../secrets";
import { openTicketStream } from "./stream";
import { cancelTicket, createTicket, type TicketCredentials, viewTicket } from "./ticket";

/** A ticket secret outlives its tickets a little, so that a tab left open goes on with the same one. */
const secretSeconds = 3600;

/** Creates a ticket for a desktop's page: the address for the QR code, the number to show, and the secret as a cookie. */
export async function answerCreate(request: Request): Promise<Response> {
  if (isCrossSite(request.headers, env().NEXTAUTH_URL)) return new Response(null, { status: 403 });
  const secret = await currentSecret();
  const client = await currentClient();
  const wait = await exceedsLimit(["open by ip", networkOf(client)], ["open by browser", secret]);
  if (wait !== null) return tooMany(wait, client);
  const ticket = await createTicket(secret, client);
  if (!ticket) return tooMany(30, client);
  await writeCookie("ticket-secret", secret, secretSeconds);
  const address = `${env().NEXTAUTH_URL}/scan/${ticket.id}`;
  return Response.json({ ...ticket, address }, { status: 201, headers: { "cache-control": "no-store" } });
}

/** The browser's ticket secret, if this app issued it; a new one instead of one that the browser made up. (S16) */
async function currentSecret(): Promise<string> {
  const { NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER } = env();
  const secret = await readCookie("ticket-secret");
  const keys = [NEXTAUTH_SECRET, NEXTAUTH_SECRET_FORMER].filter((key) => key !== null);
  const isIssued = secret !== null && keys.some((key) => isSignedSecret(secret, key));
  return isIssued ? secret : createSignedSecret(NEXTAUTH_SECRET);
}

/** How a ticket stands, for a browser whose event stream does not hold. */
export async function answerView(id: string): Promise<Response> {
  return withCredentials(id, async (credentials) => {
    const view = await viewTicket(credentials);
    return view ? Response.json(view, { headers: { "cache-control": "no-store" } }) : notFound();
  });
}

/** The same as it happens, as server-sent events. */
export async function answerEvents(id: string, signal: AbortSignal): Promise<Response> {
  return withCredentials(id, async (credentials) => (await openTicketStream(credentials, signal)) ?? notFound());
}

/** Cancels a ticket. */
export async function answerCancel(request: Request, id: string): Promise<Response> {
  if (isCrossSite(request.headers, env().NEXTAUTH_URL)) return new Response(null, { status: 403 });
  return withCredentials(id, async (credentials) => {
    await cancelTicket(credentials);
    return new Response(null, { status: 204 });
  });
}

async function withCredentials(
  id: string,
  answer: (credentials: TicketCredentials) => Promise<Response>,
): Promise<Response> {
  const secret = await readCookie("ticket-secret");
  if (!secret) return notFound();
  const client = await currentClient();
  const wait = await exceedsLimit(["ask by ip", networkOf(client)], ["ask by browser", secret]);
  return wait === null ? answer({ id, secret }) : tooMany(wait, client);
}

/** The same answer for a ticket that does not exist and for another browser's. */
function notFound(): Response {
  return new Response(null, { status: 404 });
}

async function tooMany(seconds: number, client: ClientInfo): Promise<Response> {
  await recordRefusal({ refusal: "too_many_requests", method: "ticket", client });
  return tooManyRequests(seconds);
}
