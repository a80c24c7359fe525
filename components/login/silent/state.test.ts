import { describe, expect, test } from "vitest";
import { isSilentFailure, isSilentStep, limitsMs, nextSilentState, type SilentEvent, type SilentState } from "./state";

function stateAfter(...events: SilentEvent[]): SilentState {
  return events.reduce<SilentState>(nextSilentState, "idle");
}

const events: SilentEvent[] = [
  "loaded",
  "unloaded",
  "looping",
  "code",
  "timeout",
  "unknown-method",
  "outside",
  "cancelled",
  "unregistered",
  "declined",
  "answered",
  "queued",
  "offline",
];

const failures = ["unloaded", "outside", "hung", "cancelled", "unregistered", "declined", "offline", "looped"] as const;

describe("a silent sign-in", () => {
  test("succeeds when DingTalk answers", () => {
    expect(stateAfter("start", "loaded", "code", "answered")).toBe("in");
  });

  test.each(["unknown-method", "declined", "timeout"] as const)(
    "requests a code by version 1 when version 2 ends with %s",
    (event) => {
      expect(stateAfter("start", "loaded", event)).toBe("asking-v1");
      expect(stateAfter("start", "loaded", event, "code", "answered")).toBe("in");
    },
  );

  test("ends when version 1 is not answered either", () => {
    expect(stateAfter("start", "loaded", "timeout", "timeout")).toBe("hung");
  });

  test.each(["cancelled", "unregistered", "outside"] as const)("requests no second code after %s", (event) => {
    expect(stateAfter("start", "loaded", event)).toBe(event);
  });

  test("has its own failure for a package that does not load, or not in time", () => {
    expect(stateAfter("start", "unloaded")).toBe("unloaded");
    expect(stateAfter("start", "timeout")).toBe("unloaded");
  });

  test("has its own failure for a server that does not answer", () => {
    expect(stateAfter("start", "loaded", "code", "offline")).toBe("offline");
    expect(stateAfter("start", "loaded", "code", "timeout")).toBe("offline");
  });

  test("waits for its turn where many sign in, then requests a new code", () => {
    expect(stateAfter("start", "loaded", "code", "queued")).toBe("waiting");
    expect(stateAfter("start", "loaded", "code", "queued", "timeout")).toBe("asking-v2");
    expect(stateAfter("start", "loaded", "code", "queued", "timeout", "code", "answered")).toBe("in");
  });

  test("uses no code that arrives while it waits for its turn", () => {
    expect(stateAfter("start", "loaded", "code", "queued", "code")).toBe("waiting");
    expect(isSilentStep("waiting")).toBe(true);
  });

  test("starts no second exchange for a code that arrives late", () => {
    expect(stateAfter("start", "loaded", "timeout", "code", "code")).toBe("exchanging");
    expect(stateAfter("start", "loaded", "timeout", "timeout", "code")).toBe("hung");
  });
});

describe("no transition starts a sign-in automatically", () => {
  test("S15 when idle every event except a person's start is ignored", () => {
    expect(events.map((event) => nextSilentState("idle", event))).toEqual(events.map(() => "idle"));
  });

  test.each(failures)("after %s only a person starts again", (failure) => {
    expect(isSilentFailure(failure)).toBe(true);
    expect(events.map((event) => nextSilentState(failure, event))).toEqual(events.map(() => failure));
    expect(nextSilentState(failure, "start")).toBe("loading");
  });

  test("a sign-in whose session was not stored is explained, not repeated", () => {
    expect(stateAfter("start", "looping")).toBe("looped");
  });

  test("no code is ever requested for another organisation's app", () => {
    expect([...events, "start" as const].map((event) => nextSilentState("foreign", event))).not.toContain("loading");
  });

  test("a completed sign-in stays complete", () => {
    expect([...events, "start" as const].map((event) => nextSilentState("in", event))).toEqual(
      [...events, ""].map(() => "in"),
    );
  });

  test.each(["loading", "asking-v2", "asking-v1", "exchanging"] as const)(
    "%s has a time limit, and ends when it is reached",
    (state) => {
      expect(isSilentStep(state)).toBe(true);
      expect(limitsMs[state]).toBeGreaterThan(0);
      expect(nextSilentState(state, "timeout")).not.toBe(state);
    },
  );
});
