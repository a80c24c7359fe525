import { database } from "../db/client";
import { singleton } from "../singleton";
import { type TicketState, ticketStates } from "./lifecycle";
import { ticketChannel } from "./move";

/** Told the state that a ticket is in now. */
type Hear = (state: TicketState | undefined) => void;
type Hub = { listeners: Map<string, Set<Hear>>; closers: Set<() => void>; listening: Promise<unknown> };

/** One LISTEN for the whole process; who waits for which ticket is kept here. */
const hub = singleton("ticketHub", open);

/** Calls `hear` whenever the ticket of this hash moves, in whichever process; resolves once nothing can be missed. */
export async function subscribe(idHash: string, hear: Hear): Promise<() => void> {
  const { listeners, listening } = hub();
  const own = listeners.get(idHash) ?? new Set();
  listeners.set(idHash, own.add(hear));
  await listening;
  return () => {
    own.delete(hear);
    if (own.size === 0 && listeners.get(idHash) === own) listeners.delete(idHash);
  };
}

/** Registers a stream to be closed when the server stops, since an open one would keep it from stopping. */
export function closeAtStop(close: () => void): () => void {
  hub().closers.add(close);
  return () => hub().closers.delete(close);
}

/** Closes every waiting stream; their browsers come back to another process, or fall back to asking. */
export function closeStreams(): void {
  for (const close of hub().closers) close();
}

function open(): Hub {
  const listeners: Hub["listeners"] = new Map();
  const spread = (message: string) => {
    const [idHash = "", moved] = message.split(" ");
    const state = ticketStates.find((known) => known === moved);
    for (const hear of listeners.get(idHash) ?? []) hear(state);
  };
  return { listeners, closers: new Set(), listening: database().then(({ listen }) => listen(ticketChannel, spread)) };
}
