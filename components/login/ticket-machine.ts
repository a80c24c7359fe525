export type TicketTrouble = "declined" | "expired" | "busy" | "offline";

export type TicketPhase = "rest" | "opening" | "waiting" | "scanned" | "approved" | TicketTrouble;

export type TicketEvent = "start" | "opened" | "busy" | "unreachable" | "scanned" | "approved" | "declined" | "ranOut";

type Moves = Partial<Record<TicketEvent, TicketPhase>>;

const again: Moves = { start: "opening" };
const decisions: Moves = { approved: "approved", declined: "declined", ranOut: "opening", unreachable: "offline" };

const moves: Record<TicketPhase, Moves> = {
  rest: again,
  opening: { opened: "waiting", busy: "busy", unreachable: "offline" },
  waiting: { ...decisions, scanned: "scanned" },
  scanned: decisions,
  approved: { unreachable: "offline" },
  declined: again,
  expired: again,
  busy: again,
  offline: again,
};

/** A page that nobody looks at must not ask for tickets for ever: after so many in a row, a person has to ask. */
const renewals = 8;

/** Each ticket is an attempt of its own; `inRow` counts those since a person last did something. */
export type TicketMachine = { phase: TicketPhase; attempt: number; inRow: number };

/** The next state; an event that means nothing in this phase changes nothing. */
export function nextTicketState(state: TicketMachine, event: TicketEvent): TicketMachine {
  const phase = moves[state.phase][event];
  if (!phase) return state;
  if (phase !== "opening") return { ...state, phase };
  const inRow = event === "start" ? 1 : state.inRow + 1;
  return inRow > renewals ? { ...state, phase: "expired" } : { phase, inRow, attempt: state.attempt + 1 };
}

export function isTicketTrouble(phase: TicketPhase): phase is TicketTrouble {
  return phase === "declined" || phase === "expired" || phase === "busy" || phase === "offline";
}
