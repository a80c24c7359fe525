/** What can keep somebody from being signed in silently, once everything that could go on has been tried. */
export type Failure =
  | "unloaded"
  | "outside"
  | "hung"
  | "cancelled"
  | "unregistered"
  | "declined"
  | "offline"
  | "looped"
  | "foreign";

export type Step = "idle" | "loading" | "asking-v2" | "asking-v1" | "exchanging" | "in";

export type Phase = Step | Failure;

export type SilentEvent =
  | "start"
  | "loaded"
  | "unloaded"
  | "looping"
  | "code"
  | "late"
  | "unknown-method"
  | "outside"
  | "cancelled"
  | "unregistered"
  | "declined"
  | "answered"
  | "offline";

type Moves = Partial<Record<SilentEvent, Phase>>;

/** After a failure only a person starts again, so nothing here can loop. */
const rest: Moves = { start: "loading" };

const answers: Moves = { code: "exchanging", outside: "outside", cancelled: "cancelled", unregistered: "unregistered" };

const moves: Record<Phase, Moves> = {
  idle: rest,
  loading: { loaded: "asking-v2", unloaded: "unloaded", late: "unloaded", looping: "looped" },
  // Old clients do not know the second version of the call; some say so, some say anything, some never answer.
  "asking-v2": { ...answers, "unknown-method": "asking-v1", declined: "asking-v1", late: "asking-v1" },
  "asking-v1": { ...answers, "unknown-method": "declined", declined: "declined", late: "hung" },
  exchanging: { answered: "in", offline: "offline", late: "offline" },
  in: {},
  unloaded: rest,
  outside: rest,
  hung: rest,
  cancelled: rest,
  unregistered: rest,
  declined: rest,
  offline: rest,
  looped: rest,
  foreign: {},
};

/** How long each step may take. A bridge that never answers is normal, so nothing waits without an end. */
export const limitsMs: Partial<Record<Phase, number>> = {
  loading: 8000,
  "asking-v2": 3000,
  "asking-v1": 4000,
  exchanging: 10_000,
};

/** The next phase; an event that means nothing in this phase changes nothing. */
export function nextPhase(phase: Phase, event: SilentEvent): Phase {
  return moves[phase][event] ?? phase;
}

const steps: readonly Phase[] = ["idle", "loading", "asking-v2", "asking-v1", "exchanging", "in"] satisfies Step[];

export function isFailure(phase: Phase): phase is Failure {
  return !steps.includes(phase);
}
