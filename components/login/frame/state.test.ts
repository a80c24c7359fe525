import { describe, expect, test } from "vitest";
import { type FrameEvent, type FrameSnapshot, firstFrameSnapshot, isFrameFailure, nextFrameSnapshot } from "./state";

const started: FrameSnapshot = { state: "preparing", attempt: 1 };

function snapshotAfter(...events: FrameEvent[]): FrameSnapshot {
  return events.reduce(nextFrameSnapshot, started);
}

describe("DingTalk's frame", () => {
  test.each([["loaded", "reachable"] as const, ["reachable", "loaded"] as const])(
    "is shown once it is %s and %s",
    (...events) => {
      expect(snapshotAfter(...events).state).toBe("ready");
    },
  );

  test("is not shown while it may hold the browser's own error page", () => {
    expect(snapshotAfter("loaded").state).toBe("loaded");
    expect(snapshotAfter("loaded", "unreachable").state).toBe("offline");
  });

  test("stays visible once it is shown, even if the check fails later", () => {
    expect(snapshotAfter("loaded", "reachable", "unreachable").state).toBe("ready");
  });

  test("may answer before it is shown", () => {
    expect(snapshotAfter("returned").state).toBe("leaving");
    expect(snapshotAfter("loaded", "outsider").state).toBe("outsider");
  });

  test("answers once only", () => {
    expect(snapshotAfter("loaded", "reachable", "returned", "returned", "refused", "start").state).toBe("leaving");
  });

  test.each(["unreachable", "outsider", "refused"] as const)(
    "after %s only a person starts again, with a new attempt",
    (event) => {
      const stopped = snapshotAfter(event);
      expect(isFrameFailure(stopped.state)).toBe(true);
      expect(nextFrameSnapshot(stopped, "loaded")).toEqual(stopped);
      expect(nextFrameSnapshot(stopped, "start")).toEqual({ state: "preparing", attempt: 2 });
    },
  );

  test("S15 when idle it does nothing until a person starts it", () => {
    const idle = firstFrameSnapshot(false);
    const events: FrameEvent[] = ["loaded", "reachable", "unreachable", "returned", "outsider", "refused"];
    expect(events.reduce(nextFrameSnapshot, idle)).toEqual(idle);
    expect(nextFrameSnapshot(idle, "start")).toEqual(started);
  });

  test("starts automatically exactly as a person starts it", () => {
    expect(firstFrameSnapshot(true)).toEqual(started);
  });
});
