import { describe, expect, test } from "vitest";
import { type FrameEvent, type FrameState, isTrouble, nextFrameState } from "./frame-machine";

const begun: FrameState = { phase: "preparing", attempt: 1 };

function stateAfter(...events: FrameEvent[]): FrameState {
  return events.reduce(nextFrameState, begun);
}

describe("DingTalk's frame", () => {
  test.each([["drawn", "reached"] as const, ["reached", "drawn"] as const])(
    "is shown once it is %s and %s",
    (...events) => {
      expect(stateAfter(...events).phase).toBe("ready");
    },
  );

  test("is not shown while it could be the browser's own error page", () => {
    expect(stateAfter("drawn").phase).toBe("drawn");
    expect(stateAfter("drawn", "unreachable").phase).toBe("offline");
  });

  test("stays once it is shown, whatever the check says later", () => {
    expect(stateAfter("drawn", "reached", "unreachable").phase).toBe("ready");
  });

  test("may answer before it counts as shown", () => {
    expect(stateAfter("returned").phase).toBe("leaving");
    expect(stateAfter("drawn", "outsider").phase).toBe("outsider");
  });

  test("answers once", () => {
    expect(stateAfter("drawn", "reached", "returned", "returned", "refused", "start").phase).toBe("leaving");
  });

  test.each(["unreachable", "outsider", "refused"] as const)(
    "after %s only a person starts again, with a new attempt",
    (event) => {
      const stopped = stateAfter(event);
      expect(isTrouble(stopped.phase)).toBe(true);
      expect(nextFrameState(stopped, "drawn")).toEqual(stopped);
      expect(nextFrameState(stopped, "start")).toEqual({ phase: "preparing", attempt: 2 });
    },
  );

  test("S15 at rest it does nothing until a person starts it", () => {
    const rest: FrameState = { phase: "rest", attempt: 0 };
    const events: FrameEvent[] = ["drawn", "reached", "unreachable", "returned", "outsider", "refused"];
    expect(events.reduce(nextFrameState, rest)).toEqual(rest);
    expect(nextFrameState(rest, "start")).toEqual(begun);
  });
});
