import { describe, expect, test } from "vitest";
import { eventOf, readOpenAnswer, readTicketStatus } from "./protocol";

const ticket = { id: "id-of-a-ticket", address: "https://login.example.com/scan/id-of-a-ticket", number: "42" };

describe("the answer to a request for a ticket", () => {
  test("gives what the page shows, and nothing else that the server may say", () => {
    const body = { ...ticket, secondsLeft: 120, secret: "never" };
    expect(readOpenAnswer(201, body)).toEqual({ ...ticket, secondsLeft: 120 });
  });

  test("S20 gives the seconds to wait when there are too many", () => {
    expect(readOpenAnswer(429, { retryAfterSeconds: 17 })).toEqual({ waitSeconds: 17 });
  });

  test("S20 means a minute when a proxy refuses without saying for how long", () => {
    expect(readOpenAnswer(429, "Too Many Requests")).toEqual({ waitSeconds: 60 });
  });

  test.each([{}, null, "text", { ...ticket, id: 5 }, { id: "a", number: "42" }])("%j is not a ticket", (body) => {
    expect(() => readOpenAnswer(201, body)).toThrow(/the answer has no/);
  });
});

describe("the status of a ticket", () => {
  test("names the employee who scanned it, with a picture or without", () => {
    const scannedBy = { name: "李雷", avatarUrl: "https://static.example.com/lilei.png" };
    expect(readTicketStatus({ state: "scanned", secondsLeft: 90, scannedBy })).toEqual({ state: "scanned", scannedBy });
    expect(readTicketStatus({ state: "scanned", secondsLeft: 1, scannedBy: { name: "李雷" } }).scannedBy).toEqual({
      name: "李雷",
      avatarUrl: null,
    });
  });

  test("names no employee while it waits", () => {
    expect(readTicketStatus({ state: "waiting", secondsLeft: 120, scannedBy: null }).scannedBy).toBeNull();
  });

  test.each([null, "waiting", {}, { state: 1 }, { state: "scanned", scannedBy: { name: null } }])(
    "cannot be read from %j",
    (body) => {
      expect(() => readTicketStatus(body)).toThrow(/the answer has no/);
    },
  );

  test.each([
    ["waiting", null],
    ["scanned", "scanned"],
    ["approved", "approved"],
    ["declined", "declined"],
    ["used", "ended"],
    ["cancelled", "ended"],
    ["expired", "ended"],
    ["a state of a later release", null],
  ])("%s is the event %s", (state, event) => {
    expect(eventOf({ state, scannedBy: null })).toBe(event);
  });
});
