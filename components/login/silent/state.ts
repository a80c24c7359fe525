/** Why a silent sign-in ended, after every automatic fallback was tried. Only `foreign` cannot be started again. */
export type SilentFailure =
  | "unloaded"
  | "outside"
  | "hung"
  | "cancelled"
  | "unregistered"
  | "declined"
  | "offline"
  | "looped"
  | "foreign";

type SilentStep = "loading" | "asking-v2" | "asking-v1" | "exchanging" | "waiting" | "in";

export type SilentState = "idle" | SilentStep | SilentFailure;

export type SilentEvent =
  | "start"
  | "loaded"
  | "unloaded"
  | "looping"
  | "code"
  | "timeout"
  | "unknown-method"
  | "outside"
  | "cancelled"
  | "unregistered"
  | "declined"
  | "answered"
  | "queued"
  | "offline";

type Transitions = Partial<Record<SilentEvent, SilentState>>;

/** After a failure only a person can start again, so the machine cannot loop. */
const restart: Transitions = { start: "loading" };

const answers: Transitions = {
  code: "exchanging",
  outside: "outside",
  cancelled: "cancelled",
  unregistered: "unregistered",
};

const transitions: Record<SilentState, Transitions> = {
  idle: restart,
  loading: { loaded: "asking-v2", unloaded: "unloaded", timeout: "unloaded", looping: "looped" },
  // Old clients do not know version 2 of the call. Some say so, some reject with another code, some never answer.
  "asking-v2": { ...answers, "unknown-method": "asking-v1", declined: "asking-v1", timeout: "asking-v1" },
  "asking-v1": { ...answers, "unknown-method": "declined", declined: "declined", timeout: "hung" },
  exchanging: { answered: "in", queued: "waiting", offline: "offline", timeout: "offline" },
  // A code lives shorter than a queue, so the next turn begins with a new one.
  waiting: { timeout: "asking-v2" },
  in: {},
  unloaded: restart,
  outside: restart,
  hung: restart,
  cancelled: restart,
  unregistered: restart,
  declined: restart,
  offline: restart,
  looped: restart,
  foreign: {},
};

/** How long each step may take. A bridge that never answers is normal, so every step has a limit; the server sets that of `waiting`. */
export const limitsMs: Partial<Record<SilentState, number>> = {
  loading: 8000,
  "asking-v2": 3000,
  "asking-v1": 4000,
  exchanging: 10_000,
};

/** The next state. An event without a transition in this state changes nothing. */
export function nextSilentState(state: SilentState, event: SilentEvent): SilentState {
  return transitions[state][event] ?? state;
}

/** Whether the sign-in is under way or complete. */
export function isSilentStep(state: SilentState) {
  const isAsking = state === "asking-v2" || state === "asking-v1";
  return state === "loading" || isAsking || state === "exchanging" || state === "waiting" || state === "in";
}

/** Whether the sign-in ended without a session. */
export function isSilentFailure(state: SilentState) {
  return state !== "idle" && !isSilentStep(state);
}
