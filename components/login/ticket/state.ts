export type TicketQrFailure = "declined" | "expired" | "busy" | "offline";

export type TicketQrState = "idle" | "opening" | "waiting" | "scanned" | "approved" | TicketQrFailure;

/** `ended`: the ticket was used, cancelled, or expired. */
export type TicketQrEvent = "start" | "opened" | "busy" | "unreachable" | "scanned" | "approved" | "declined" | "ended";

/** Each ticket is a new attempt. `inRow` counts the tickets since a person last did something. */
export type TicketQrSnapshot = { state: TicketQrState; attempt: number; inRow: number };

type Transitions = Partial<Record<TicketQrEvent, TicketQrState>>;

const restart: Transitions = { start: "opening" };

const outcomes: Transitions = { approved: "approved", declined: "declined", ended: "opening", unreachable: "offline" };

const transitions: Record<TicketQrState, Transitions> = {
  idle: restart,
  opening: { opened: "waiting", busy: "busy", unreachable: "offline" },
  waiting: { ...outcomes, scanned: "scanned" },
  scanned: outcomes,
  approved: { unreachable: "offline" },
  declined: restart,
  expired: restart,
  busy: restart,
  offline: restart,
};

/** A page left open must not open tickets for ever: after this many in a row a person has to start again. */
const mostInRow = 8;

const idle: TicketQrSnapshot = { state: "idle", attempt: 0, inRow: 0 };

/** The snapshot that a page begins with. An automatic start is the same event as a person's. */
export function firstTicketQrSnapshot(autoStart: boolean): TicketQrSnapshot {
  return autoStart ? nextTicketQrSnapshot(idle, "start") : idle;
}

/** The next snapshot. An event without a transition in this state changes nothing. */
export function nextTicketQrSnapshot(snapshot: TicketQrSnapshot, event: TicketQrEvent): TicketQrSnapshot {
  const state = transitions[snapshot.state][event];
  if (!state) return snapshot;
  if (state !== "opening") return { ...snapshot, state };
  const inRow = event === "start" ? 1 : snapshot.inRow + 1;
  return inRow > mostInRow ? { ...snapshot, state: "expired" } : { state, inRow, attempt: snapshot.attempt + 1 };
}

/** Whether a person has to read what happened and start again. */
export function isTicketQrFailure(state: TicketQrState) {
  return state === "declined" || state === "expired" || state === "busy" || state === "offline";
}
