import { type TicketState, ticketStates } from "../db/schema";

export type TicketEvent = "scan" | "approve" | "mistype" | "decline" | "redeem" | "cancel" | "expire";

/** Every transition there is. What is not listed does not happen, however often it is asked for. (S16) */
const transitions: Record<TicketState, Partial<Record<TicketEvent, TicketState>>> = {
  waiting: { scan: "scanned", cancel: "cancelled", expire: "expired" },
  scanned: { approve: "approved", mistype: "declined", decline: "declined", cancel: "cancelled", expire: "expired" },
  approved: { redeem: "used", cancel: "cancelled", expire: "expired" },
  used: {},
  declined: {},
  expired: {},
  cancelled: {},
};

/** The state after an event, or null when the event means nothing in this state. */
export function nextState(state: TicketState, event: TicketEvent): TicketState | null {
  return transitions[state][event] ?? null;
}

/** The states in which an event means something: what a transition's conditional statement asks for. */
export function statesBefore(event: TicketEvent): TicketState[] {
  return ticketStates.filter((state) => nextState(state, event) !== null);
}

/** The one state that an event leads to, wherever it comes from. */
export function stateAfter(event: TicketEvent): TicketState {
  const [to] = statesBefore(event).map((state) => nextState(state, event));
  if (!to) throw new Error(`No ticket can ${event}.`);
  return to;
}

/** Whether a ticket is in a state from which nothing follows. */
export function isFinal(state: TicketState): boolean {
  return Object.keys(transitions[state]).length === 0;
}
