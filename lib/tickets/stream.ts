import { database } from "../db/client";
import { type TicketState, ticketStates } from "../db/schema";
import { hashSecret } from "../secrets";
import { singleton } from "../singleton";
import { isFinal } from "./lifecycle";
import { type TicketCredentials, type TicketView, ticketChannel, viewTicket } from "./ticket";

/** Often enough that no proxy takes the connection for dead: the usual ones wait a minute. */
const pingMs = 30_000;
const encoder = new TextEncoder();
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

/** One browser's open connection. Whatever ends it first, everything that belongs to it is released once. */
function openEventStream(signal: AbortSignal) {
  const releases: (() => void)[] = [];
  let isOpen = true;
  let timer: NodeJS.Timeout | undefined;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  const start = (given: ReadableStreamDefaultController<Uint8Array>) => {
    controller = given;
  };
  const body = new ReadableStream<Uint8Array>({ start, cancel: () => close() });
  const write = (text: string) => isOpen && controller?.enqueue(encoder.encode(text));
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const release of releases) release();
    if (!signal.aborted) controller?.close();
  };
  const ping = setInterval(() => write(": still here\n\n"), pingMs);
  signal.addEventListener("abort", close);
  releases.push(
    () => clearInterval(ping),
    () => clearTimeout(timer),
    closeAtStop(close),
  );
  write("retry: 2000\n\n");
  return {
    body,
    close,
    send: (view: TicketView) => write(`data: ${JSON.stringify(view)}\n\n`),
    onClose: (release: () => void) => (isOpen ? releases.push(release) : release()),
    schedule(work: () => void, seconds: number) {
      clearTimeout(timer);
      if (isOpen) timer = setTimeout(work, seconds * 1000);
    },
  };
}

/** Receives the state that a ticket is in now. */
type Receive = (state: TicketState | null) => void;
type Channel = { receivers: Map<string, Set<Receive>>; closers: Set<() => void>; listening: Promise<unknown> };

/** One LISTEN for the whole process, shared by every stream. */
const channel = singleton("ticketChannel", listen);

function listen(): Channel {
  const receivers: Channel["receivers"] = new Map();
  const receive = (message: string) => {
    const [idHash = "", word] = message.split(" ");
    const state = ticketStates.find((known) => known === word) ?? null;
    for (const receiver of receivers.get(idHash) ?? []) receiver(state);
  };
  return { receivers, closers: new Set(), listening: database().listen(ticketChannel, receive) };
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

function closeAtStop(close: () => void): () => void {
  channel().closers.add(close);
  return () => channel().closers.delete(close);
}

/** Closes every open stream, because one would stop the server from stopping; browsers reconnect to another process, or poll. */
export function closeStreams(): void {
  for (const close of channel().closers) close();
}
