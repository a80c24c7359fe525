import { database } from "../db/client";
import { type TicketState, ticketStates } from "../db/schema";
import { hashSecret } from "../secrets";
import { singleton } from "../singleton";
import { openEventStream } from "./event-stream";
import { isFinal } from "./lifecycle";
import { type TicketCredentials, type TicketView, ticketChannel, viewTicket } from "./ticket";

const headers = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

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
  return isFound ? new Response(stream.body, { headers }) : null;
}

/** Receives the state that a ticket is in now. */
type Receive = (state: TicketState | null) => void;
type Channel = { receivers: Map<string, Set<Receive>>; listening: Promise<unknown> };

/** One LISTEN for the whole process, shared by every stream. */
const channel = singleton("ticketChannel", listen);

function listen(): Channel {
  const receivers: Channel["receivers"] = new Map();
  const receive = (message: string) => {
    const [idHash = "", word] = message.split(" ");
    const state = ticketStates.find((known) => known === word) ?? null;
    for (const receiver of receivers.get(idHash) ?? []) receiver(state);
  };
  return { receivers, listening: database().listen(ticketChannel, receive) };
}

/** Calls `receive` whenever the ticket of this hash moves, in whichever process; resolves once nothing can be missed. */
export async function subscribe(idHash: string, receive: Receive): Promise<() => void> {
  const { receivers, listening } = channel();
  const own = receivers.get(idHash) ?? new Set();
  receivers.set(idHash, own.add(receive));
  await listening;
  return () => {
    own.delete(receive);
    if (own.size === 0 && receivers.get(idHash) === own) receivers.delete(idHash);
  };
}
