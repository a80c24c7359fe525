import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TicketState, ticketStates } from "../db/schema";
import { isFinal, nextState, stateAfter, statesBefore, type TicketEvent } from "./lifecycle";

const events: TicketEvent[] = ["scan", "approve", "mistype", "decline", "redeem", "cancel", "expire"];
const anyEvents = fc.array(fc.constantFrom(...events), { maxLength: 40 });

/** Applies events to a ticket and collects those that caused a transition. */
function applyEvents(sequence: TicketEvent[]) {
  let state: TicketState = "waiting";
  const applied: TicketEvent[] = [];
  for (const event of sequence) {
    const next = nextState(state, event);
    if (!next) continue;
    applied.push(event);
    state = next;
  }
  return { state, applied };
}

describe("S16 in a ticket's lifecycle", () => {
  test("no sequence of events signs in twice", () => {
    fc.assert(
      fc.property(
        anyEvents,
        (sequence) => applyEvents(sequence).applied.filter((event) => event === "redeem").length <= 1,
      ),
    );
  });

  test("no sequence of events signs in without a scan and then an approval", () => {
    fc.assert(
      fc.property(anyEvents, (sequence) => {
        const { state, applied } = applyEvents(sequence);
        if (state !== "used") return true;
        return applied.join(" ") === "scan approve redeem";
      }),
    );
  });

  test("no event leads out of a final state", () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, (before, after) => {
        const { state } = applyEvents(before);
        if (!isFinal(state)) return true;
        return after.every((event) => nextState(state, event) === null);
      }),
    );
  });

  test("a sign-in is reachable", () => {
    expect(applyEvents(["scan", "approve", "redeem"]).state).toBe("used");
  });

  test("every event leads to the same state from any state", () => {
    for (const event of events) {
      const targets = new Set(statesBefore(event).map((state) => nextState(state, event)));
      expect([event, [...targets]]).toEqual([event, [stateAfter(event)]]);
    }
  });

  test("every state that is not final can expire", () => {
    expect(statesBefore("expire")).toEqual(ticketStates.filter((state) => !isFinal(state)));
  });
});
