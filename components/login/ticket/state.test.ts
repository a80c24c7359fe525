import { describe, expect, test } from "vitest";
import {
  firstTicketQrSnapshot,
  isTicketQrFailure,
  nextTicketQrSnapshot,
  type TicketQrEvent,
  type TicketQrSnapshot,
  type TicketQrState,
} from "./state";

const opening: TicketQrSnapshot = { state: "opening", attempt: 1, inRow: 1 };

function snapshotAfter(...events: TicketQrEvent[]): TicketQrSnapshot {
  return events.reduce(nextTicketQrSnapshot, opening);
}

const events: TicketQrEvent[] = ["start", "opened", "busy", "unreachable", "scanned", "approved", "declined", "ended"];

const failures: TicketQrState[] = ["declined", "expired", "busy", "offline"];
const states: TicketQrState[] = ["idle", "opening", "waiting", "scanned", "approved", ...failures];

/** Every transition. In each state all other events change nothing. */
const table: Record<TicketQrState, Partial<Record<TicketQrEvent, TicketQrState>>> = {
  idle: { start: "opening" },
  opening: { opened: "waiting", busy: "busy", unreachable: "offline" },
  waiting: { scanned: "scanned", approved: "approved", declined: "declined", ended: "opening", unreachable: "offline" },
  scanned: { approved: "approved", declined: "declined", ended: "opening", unreachable: "offline" },
  approved: { unreachable: "offline" },
  declined: { start: "opening" },
  expired: { start: "opening" },
  busy: { start: "opening" },
  offline: { start: "opening" },
};

describe("a desktop's ticket", () => {
  test.each(states)("has no transition from %s but those of the table", (state) => {
    const next = events.map((event) => [event, nextTicketQrSnapshot({ ...opening, state }, event).state]);
    expect(next).toEqual(events.map((event) => [event, table[state][event] ?? state]));
  });

  test("is approved also when the scan was never seen", () => {
    expect(snapshotAfter("opened", "approved").state).toBe("approved");
    expect(snapshotAfter("opened", "scanned", "approved").state).toBe("approved");
  });

  test("S16 that ended is replaced automatically, as a new attempt", () => {
    expect(snapshotAfter("opened", "ended")).toEqual({ state: "opening", attempt: 2, inRow: 2 });
    expect(snapshotAfter("opened", "scanned", "ended")).toEqual({ state: "opening", attempt: 2, inRow: 2 });
  });

  test("S20 is not replaced for ever: after eight in a row a person has to start again", () => {
    const eight = Array.from({ length: 8 }, (): TicketQrEvent[] => ["opened", "ended"]).flat();
    const stopped = snapshotAfter(...eight);
    expect(stopped).toEqual({ state: "expired", attempt: 8, inRow: 8 });
    expect(nextTicketQrSnapshot(stopped, "start")).toEqual({ state: "opening", attempt: 9, inRow: 1 });
  });

  test("that was approved is not replaced during the sign-in that uses it", () => {
    expect(snapshotAfter("opened", "approved", "ended", "scanned").state).toBe("approved");
  });

  test("S15 is not opened until a person starts, when the page does not start automatically", () => {
    const idle = firstTicketQrSnapshot(false);
    expect(events.filter((event) => nextTicketQrSnapshot(idle, event) !== idle)).toEqual(["start"]);
    expect(nextTicketQrSnapshot(idle, "start")).toEqual(opening);
  });

  test("is opened automatically exactly as when a person starts", () => {
    expect(firstTicketQrSnapshot(true)).toEqual(opening);
  });

  test("fails in the states that a person has to read and answer", () => {
    expect(states.filter(isTicketQrFailure)).toEqual(failures);
  });
});
