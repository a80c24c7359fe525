export type FrameFailure = "offline" | "outsider" | "refused";

/** `loaded`: the frame has a page, which may be the browser's own error page. `reachable`: DingTalk answered, the frame has no page yet. */
export type FrameState = "idle" | "preparing" | "loaded" | "reachable" | "ready" | "leaving" | FrameFailure;

export type FrameEvent = "start" | "loaded" | "reachable" | "unreachable" | "returned" | "outsider" | "refused";

/** Each start is a new attempt, with its own frame and OAuth state. */
export type FrameSnapshot = { state: FrameState; attempt: number };

type Transitions = Partial<Record<FrameEvent, FrameState>>;

const restart: Transitions = { start: "preparing" };

const messages: Transitions = { returned: "leaving", outsider: "outsider", refused: "refused" };

const transitions: Record<FrameState, Transitions> = {
  idle: restart,
  preparing: { ...messages, loaded: "loaded", reachable: "reachable", unreachable: "offline" },
  loaded: { ...messages, reachable: "ready", unreachable: "offline" },
  reachable: { ...messages, loaded: "ready", unreachable: "offline" },
  ready: messages,
  leaving: {},
  offline: restart,
  outsider: restart,
  refused: restart,
};

export function firstFrameSnapshot(startsAutomatically: boolean): FrameSnapshot {
  return startsAutomatically ? { state: "preparing", attempt: 1 } : { state: "idle", attempt: 0 };
}

/** The next snapshot. An event without a transition in this state changes nothing. */
export function nextFrameSnapshot({ state, attempt }: FrameSnapshot, event: FrameEvent): FrameSnapshot {
  const next = transitions[state][event];
  if (!next) return { state, attempt };
  return { state: next, attempt: event === "start" ? attempt + 1 : attempt };
}

/** Whether a person has to read what happened and start again. */
export function isFrameFailure(state: FrameState) {
  return state === "offline" || state === "outsider" || state === "refused";
}
