import { afterEach, describe, expect, test, vi } from "vitest";
import { cancelTicket, openTicket, readTicketView } from "./ticket";

const ticket = { id: "id-of-a-ticket", address: "https://login.example.com/scan/id-of-a-ticket", number: "42" };

/** Our server, answering everything with this. */
function answerWith(body: unknown, status = 201) {
  const fetch = vi.fn(async () => Response.json(body, { status }));
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

function open() {
  return openTicket(new AbortController().signal);
}

afterEach(() => vi.unstubAllGlobals());

describe("opening a ticket", () => {
  test("gives what the page shows, and nothing else that the server may say", async () => {
    answerWith({ ...ticket, secondsLeft: 120, secret: "never" });
    expect(await open()).toEqual({ ...ticket, secondsLeft: 120 });
  });

  test("S20 gives the seconds to wait when there are too many", async () => {
    answerWith({ retryAfterSeconds: 17 }, 429);
    expect(await open()).toBe(17);
  });

  test("S20 waits a minute when a proxy in between refuses without saying for how long", async () => {
    answerWith("Too Many Requests", 429);
    expect(await open()).toBe(60);
  });

  test.each([{}, null, "text", { ...ticket, id: 5 }, { id: "a", number: "42" }])(
    "%j is no ticket, and counts as a server out of reach",
    async (body) => {
      answerWith(body);
      await expect(open()).rejects.toThrow(/the answer has no/);
    },
  );
});

describe("how a ticket stands", () => {
  test("names who scanned it, with a picture or without", () => {
    const scannedBy = { name: "李雷", avatarUrl: "https://static.example.com/lilei.png" };
    expect(readTicketView({ state: "scanned", secondsLeft: 90, scannedBy })).toEqual({
      state: "scanned",
      secondsLeft: 90,
      scannedBy,
    });
    expect(readTicketView({ state: "scanned", secondsLeft: 1, scannedBy: { name: "李雷" } }).scannedBy).toEqual({
      name: "李雷",
      avatarUrl: null,
    });
  });

  test("names nobody while it waits", () => {
    expect(readTicketView({ state: "waiting", secondsLeft: 120, scannedBy: null }).scannedBy).toBeNull();
  });

  test.each([null, "waiting", {}, { state: 1 }, { state: "scanned", scannedBy: { name: null } }])(
    "cannot be read from %j",
    (body) => {
      expect(() => readTicketView(body)).toThrow(/the answer has no/);
    },
  );
});

test("a ticket is given back by a request that outlives its page, and nobody minds if it fails", async () => {
  const fetch = vi.fn(async () => Promise.reject(new TypeError("offline")));
  vi.stubGlobal("fetch", fetch);
  cancelTicket("abc");
  expect(fetch).toHaveBeenCalledWith("/api/tickets/abc", { method: "DELETE", keepalive: true });
});
