export type FrameFailure = "offline" | "outsider" | "refused";

/** `loaded`: the frame has a page, which may be the browser's own error page. `reachable`: DingTalk answered, the frame has no page yet. */
export type FrameState = "idle" | "preparing" | "loaded" | "reachable" | "ready" | "leaving" | FrameFailure;

export type FrameEvent = "start" | "loaded" | "reachable" | "unreachable" | "returned" | "outsider" | "refused";

/** Each start is a new attempt, with its own frame and OAuth state. */
export type FrameSnapshot = { state: FrameState; attempt: number };

type Transitions = Partial<Record<FrameEvent, FrameState>>;

const restart: Transitions = { start: "preparing" };

const messages: Transitions = { returned: "leaving", outsider: "outsider", refused: "refused" };

const pending: Transitions = { ...messages, unreachable: "offline" };

const transitions: Record<FrameState, Transitions> = {
  idle: restart,
  preparing: { ...pending, loaded: "loaded", reachable: "reachable" },
  loaded: { ...pending, reachable: "ready" },
  reachable: { ...pending, loaded: "ready" },
  ready: messages,
  leaving: {},
  offline: restart,
  outsider: restart,
  refused: restart,
};

const idle: FrameSnapshot = { state: "idle", attempt: 0 };

/** The snapshot that a page begins with. An automatic start is the same event as a person's. */
export function firstFrameSnapshot(autoStart: boolean): FrameSnapshot {
  return autoStart ? nextFrameSnapshot(idle, "start") : idle;
}

/** The next snapshot. An event without a transition in this state changes nothing. */
export function nextFrameSnapshot(snapshot: FrameSnapshot, event: FrameEvent): FrameSnapshot {
  const state = transitions[snapshot.state][event];
  if (!state) return snapshot;
  return { state, attempt: event === "start" ? snapshot.attempt + 1 : snapshot.attempt };
}

/** Whether a person has to read what happened and start again. */
export function isFrameFailure(state: FrameState) {
  return state === "offline" || state === "outsider" || state === "refused";
}
