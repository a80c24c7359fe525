import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TicketState, ticketStates } from "../db/schema";
import { isFinal, nextState, stateAfter, statesBefore, type TicketEvent } from "./lifecycle";

const events: TicketEvent[] = ["scan", "approve", "mistype", "decline", "redeem", "cancel", "expire"];
const anyEvents = fc.array(fc.constantFrom(...events), { maxLength: 40 });

/** Lives a ticket through events and keeps those that meant something. */
function live(sequence: TicketEvent[]) {
  let state: TicketState = "waiting";
  const happened: TicketEvent[] = [];
  for (const event of sequence) {
    const next = nextState(state, event);
    if (!next) continue;
    happened.push(event);
    state = next;
  }
  return { state, happened };
}

describe("S16 a ticket's life", () => {
  test("no sequence of events signs in twice", () => {
    fc.assert(
      fc.property(anyEvents, (sequence) => live(sequence).happened.filter((event) => event === "redeem").length <= 1),
    );
  });

  test("no sequence of events signs in without a scan and then an approval", () => {
    fc.assert(
      fc.property(anyEvents, (sequence) => {
        const { state, happened } = live(sequence);
        if (state !== "used") return true;
        return happened.join(" ") === "scan approve redeem";
      }),
    );
  });

  test("nothing that was declined, mistyped, cancelled or expired comes back", () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, (before, after) => {
        const { state } = live(before);
        if (!isFinal(state)) return true;
        return after.every((event) => nextState(state, event) === null);
      }),
    );
  });

  test("a sign-in can be reached at all", () => {
    expect(live(["scan", "approve", "redeem"]).state).toBe("used");
  });

  test("every event leads to one state, wherever it comes from", () => {
    for (const event of events) {
      const targets = new Set(statesBefore(event).map((state) => nextState(state, event)));
      expect([event, [...targets]]).toEqual([event, [stateAfter(event)]]);
    }
  });

  test("what is not over can still expire", () => {
    expect(statesBefore("expire")).toEqual(ticketStates.filter((state) => !isFinal(state)));
  });
});
