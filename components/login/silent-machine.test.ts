import { describe, expect, test } from "vitest";
import { isFailure, limitsMs, nextPhase, type Phase, type SilentEvent } from "./silent-machine";

function phaseAfter(...events: SilentEvent[]): Phase {
  return events.reduce<Phase>(nextPhase, "idle");
}

const events: SilentEvent[] = [
  "loaded",
  "unloaded",
  "looping",
  "code",
  "late",
  "unknown-method",
  "outside",
  "cancelled",
  "unregistered",
  "declined",
  "answered",
  "offline",
];

const failures = ["unloaded", "outside", "hung", "cancelled", "unregistered", "declined", "offline", "looped"] as const;

describe("signing in silently", () => {
  test("goes straight in when DingTalk answers", () => {
    expect(phaseAfter("start", "loaded", "code", "answered")).toBe("in");
  });

  test.each(["unknown-method", "declined", "late"] as const)(
    "asks the old way when the new one ends with %s",
    (event) => {
      expect(phaseAfter("start", "loaded", event)).toBe("asking-v1");
      expect(phaseAfter("start", "loaded", event, "code", "answered")).toBe("in");
    },
  );

  test("gives up when the old way is not answered either", () => {
    expect(phaseAfter("start", "loaded", "late", "late")).toBe("hung");
  });

  test.each(["cancelled", "unregistered", "outside"] as const)("does not ask twice after %s", (event) => {
    expect(phaseAfter("start", "loaded", event)).toBe(event);
  });

  test("a package that does not load, or not in time, is a failure of its own", () => {
    expect(phaseAfter("start", "unloaded")).toBe("unloaded");
    expect(phaseAfter("start", "late")).toBe("unloaded");
  });

  test("a server that gives no answer is a failure of its own", () => {
    expect(phaseAfter("start", "loaded", "code", "offline")).toBe("offline");
    expect(phaseAfter("start", "loaded", "code", "late")).toBe("offline");
  });

  test("a code that comes late does not start a second exchange", () => {
    expect(phaseAfter("start", "loaded", "late", "code", "code")).toBe("exchanging");
    expect(phaseAfter("start", "loaded", "late", "late", "code")).toBe("hung");
  });
});

describe("nothing happens by itself", () => {
  test("S15 at rest every event but a person's is ignored", () => {
    expect(events.map((event) => nextPhase("idle", event))).toEqual(events.map(() => "idle"));
  });

  test.each(failures)("after %s only a person starts again", (failure) => {
    expect(isFailure(failure)).toBe(true);
    expect(events.map((event) => nextPhase(failure, event))).toEqual(events.map(() => failure));
    expect(nextPhase(failure, "start")).toBe("loading");
  });

  test("a sign-in that was not kept is explained, not repeated", () => {
    expect(phaseAfter("start", "looping")).toBe("looped");
  });

  test("another organisation's app is never asked for", () => {
    expect([...events, "start" as const].map((event) => nextPhase("foreign", event))).not.toContain("loading");
  });

  test("whoever is in stays in", () => {
    expect([...events, "start" as const].map((event) => nextPhase("in", event))).toEqual(
      [...events, ""].map(() => "in"),
    );
  });

  test.each(["loading", "asking-v2", "asking-v1", "exchanging"] as const)(
    "%s has a limit, and ends when it is over",
    (phase) => {
      expect(limitsMs[phase]).toBeGreaterThan(0);
      expect(nextPhase(phase, "late")).not.toBe(phase);
    },
  );
});
