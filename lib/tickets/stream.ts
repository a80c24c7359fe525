import { subscribeTo } from "../db/channel";
import { type TicketState, ticketStates } from "../db/schema";
import { eventStreamHeaders, openEventStream } from "../http/event-stream";
import { hashSecret } from "../secrets";
import { isFinal } from "./lifecycle";
import { type TicketCredentials, type TicketView, ticketChannel, viewTicket } from "./ticket";

/**
 * A ticket's transitions as server-sent events, from its present state until it is final or the browser disconnects. Null
 * without both the ticket's id and its secret. The state is read after subscribing, so no transition is missed.
 */
export async function openTicketStream(credentials: TicketCredentials, signal: AbortSignal): Promise<Response | null> {
  const stream = openEventStream(signal);
  let latest: TicketView | null = null;
  const send = (view: TicketView) => {
    latest = view;
    stream.send(view);
    if (isFinal(view.state)) stream.close();
  };
  const refresh = async () => {
    const view = await viewTicket(credentials);
    if (!view) return stream.close();
    send(view);
    // A ticket that expires is not moved by a statement, so no notification comes.
    stream.schedule(() => void refresh().catch(stream.close), view.secondsLeft);
    return view;
  };
  // The notification holds the new state; only an approval adds who scanned.
  const receive = (state: TicketState | null) =>
    latest && state && state !== "approved" ? send({ ...latest, state }) : void refresh().catch(stream.close);
  stream.onClose(await subscribe(hashSecret(credentials.id), receive));
  const isFound = await refresh();
  return isFound ? new Response(stream.body, { headers: eventStreamHeaders }) : null;
}

/** Calls `receive` whenever the ticket of this hash moves, in whichever process; resolves once nothing can be missed. */
export function subscribe(idHash: string, receive: (state: TicketState | null) => void): Promise<() => void> {
  return subscribeTo(ticketChannel, idHash, (word) => receive(ticketStates.find((known) => known === word) ?? null));
}
