export type Trouble = "offline" | "outsider" | "refused";

/** `drawn`: the frame loaded, but whether it is DingTalk or the browser's own error page is not known yet. */
export type Phase = "rest" | "preparing" | "drawn" | "reached" | "ready" | "leaving" | Trouble;

export type FrameEvent = "start" | "drawn" | "reached" | "unreachable" | "returned" | "outsider" | "refused";

type Moves = Partial<Record<FrameEvent, Phase>>;

const rest: Moves = { start: "preparing" };

const answers: Moves = { returned: "leaving", outsider: "outsider", refused: "refused" };

const moves: Record<Phase, Moves> = {
  rest,
  preparing: { ...answers, drawn: "drawn", reached: "reached", unreachable: "offline" },
  drawn: { ...answers, reached: "ready", unreachable: "offline" },
  reached: { ...answers, drawn: "ready", unreachable: "offline" },
  ready: answers,
  leaving: {},
  offline: rest,
  outsider: rest,
  refused: rest,
};

/** Each start is an attempt of its own, with a frame and a state of its own. */
export type FrameState = { phase: Phase; attempt: number };

export function nextFrameState({ phase, attempt }: FrameState, event: FrameEvent): FrameState {
  const next = moves[phase][event];
  if (!next) return { phase, attempt };
  return { phase: next, attempt: event === "start" ? attempt + 1 : attempt };
}

export function isTrouble(phase: Phase): phase is Trouble {
  return phase === "offline" || phase === "outsider" || phase === "refused";
}
