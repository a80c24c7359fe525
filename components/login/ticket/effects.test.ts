import { afterEach, describe, expect, test, vi } from "vitest";
import { releaseTicket, requestTicket } from "./effects";

const ticket = { id: "abc", address: "https://login.example.com/scan/abc", number: "42", secondsLeft: 120 };

afterEach(() => vi.unstubAllGlobals());

/** Requests a ticket from a server that answers like this. */
function requestFrom(answer: () => Promise<Response>) {
  vi.stubGlobal("fetch", answer);
  const page = { send: vi.fn(), showTicket: vi.fn(), showWait: vi.fn() };
  return { ...page, stop: requestTicket(page) };
}

describe("requesting a ticket", () => {
  test("shows the ticket that was opened", async () => {
    const { send, showTicket } = requestFrom(async () => Response.json(ticket, { status: 201 }));
    await vi.waitFor(() => expect(send.mock.calls).toEqual([["opened"]]));
    expect(showTicket).toHaveBeenCalledWith(ticket);
  });

  test("S20 shows how long to wait when there are too many", async () => {
    const { send, showWait } = requestFrom(async () => Response.json({ retryAfterSeconds: 17 }, { status: 429 }));
    await vi.waitFor(() => expect(send.mock.calls).toEqual([["busy"]]));
    expect(showWait).toHaveBeenCalledWith(17);
  });

  test("treats an answer that is not a ticket as an unreachable server", async () => {
    const { send } = requestFrom(async () => Response.json({}, { status: 201 }));
    await vi.waitFor(() => expect(send.mock.calls).toEqual([["unreachable"]]));
  });

  test("sends no event for a request that was stopped", async () => {
    const { send, stop } = requestFrom(() => Promise.reject(new TypeError("aborted")));
    stop();
    await new Promise((resolve) => setTimeout(resolve));
    expect(send).not.toHaveBeenCalled();
  });
});

test("a ticket is released by a request that outlives its page, and a failure of that request has no effect", async () => {
  const fetch = vi.fn(async () => Promise.reject(new TypeError("offline")));
  vi.stubGlobal("fetch", fetch);
  releaseTicket("abc");
  expect(fetch).toHaveBeenCalledWith("/api/tickets/abc", { method: "DELETE", keepalive: true });
});
