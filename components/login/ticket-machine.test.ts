import { describe, expect, test } from "vitest";
import {
  isTicketTrouble,
  nextTicketState,
  type TicketEvent,
  type TicketMachine,
  type TicketPhase,
} from "./ticket-machine";

const opening: TicketMachine = { phase: "opening", attempt: 1, inRow: 1 };

function stateAfter(...events: TicketEvent[]): TicketMachine {
  return events.reduce(nextTicketState, opening);
}

const events: TicketEvent[] = ["start", "opened", "busy", "unreachable", "scanned", "approved", "declined", "ranOut"];

/** Every move there is; in each phase all other events change nothing. */
const table: Record<TicketPhase, Partial<Record<TicketEvent, TicketPhase>>> = {
  rest: { start: "opening" },
  opening: { opened: "waiting", busy: "busy", unreachable: "offline" },
  waiting: {
    scanned: "scanned",
    approved: "approved",
    declined: "declined",
    ranOut: "opening",
    unreachable: "offline",
  },
  scanned: { approved: "approved", declined: "declined", ranOut: "opening", unreachable: "offline" },
  approved: { unreachable: "offline" },
  declined: { start: "opening" },
  expired: { start: "opening" },
  busy: { start: "opening" },
  offline: { start: "opening" },
};

describe("a desktop's ticket", () => {
  test("moves by the table and in no other way", () => {
    for (const [phase, moves] of Object.entries(table)) {
      for (const event of events) {
        const next = nextTicketState({ ...opening, phase: phaseNamed(phase) }, event).phase;
        expect([phase, event, next]).toEqual([phase, event, moves[event] ?? phase]);
      }
    }
  });

  test("is approved also when the stream brought the scan too late to see", () => {
    expect(stateAfter("opened", "approved").phase).toBe("approved");
    expect(stateAfter("opened", "scanned", "approved").phase).toBe("approved");
  });

  test("S16 that ran out makes room for the next one by itself, as an attempt of its own", () => {
    expect(stateAfter("opened", "ranOut")).toEqual({ phase: "opening", attempt: 2, inRow: 2 });
    expect(stateAfter("opened", "scanned", "ranOut")).toEqual({ phase: "opening", attempt: 2, inRow: 2 });
  });

  test("S20 is not asked for for ever: after eight in a row a person has to ask", () => {
    const eight = Array.from({ length: 8 }, (): TicketEvent[] => ["opened", "ranOut"]).flat();
    const tired = stateAfter(...eight);
    expect(tired).toEqual({ phase: "expired", attempt: 8, inRow: 8 });
    expect(nextTicketState(tired, "start")).toEqual({ phase: "opening", attempt: 9, inRow: 1 });
  });

  test("that was approved is not renewed under the sign-in that uses it", () => {
    expect(stateAfter("opened", "approved", "ranOut", "scanned").phase).toBe("approved");
  });

  test("S15 at rest waits for a person", () => {
    const rest: TicketMachine = { phase: "rest", attempt: 0, inRow: 0 };
    expect(events.filter((event) => nextTicketState(rest, event) !== rest)).toEqual(["start"]);
    expect(nextTicketState(rest, "start")).toEqual(opening);
  });

  test("troubles are what a person has to read and answer", () => {
    const troubles = Object.keys(table).filter((phase) => isTicketTrouble(phaseNamed(phase)));
    expect(troubles).toEqual(["declined", "expired", "busy", "offline"]);
  });
});

function phaseNamed(name: string): TicketPhase {
  const phases: TicketPhase[] = ["rest", "opening", "waiting", "scanned", "approved"];
  const troubles: TicketPhase[] = ["declined", "expired", "busy", "offline"];
  return [...phases, ...troubles].find((phase) => phase === name) ?? "rest";
}
