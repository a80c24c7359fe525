/** A ticket: one request of a desktop browser to be let in by a phone. */
export const ticketStates = ["waiting", "scanned", "approved", "used", "declined", "expired", "cancelled"] as const;
export type TicketState = (typeof ticketStates)[number];

export type TicketEvent = "scan" | "approve" | "mistype" | "decline" | "redeem" | "cancel" | "expire";

/** Every move there is. What is not listed does not happen, whoever asks and however often. (S16) */
const moves: Record<TicketState, Partial<Record<TicketEvent, TicketState>>> = {
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
  return moves[state][event] ?? null;
}

/** The states in which an event means something: what the conditional statement of a move asks for. */
export function statesBefore(event: TicketEvent): TicketState[] {
  return ticketStates.filter((state) => nextState(state, event) !== null);
}

/** Nothing happens to a ticket any more. */
export function isOver(state: TicketState): boolean {
  return Object.keys(moves[state]).length === 0;
}
