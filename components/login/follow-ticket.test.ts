import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { followTicket } from "./follow-ticket";

/** A stream of events whose other end the test holds. */
class Stream {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 0;
  onmessage: (message: { data: string }) => void = () => {};
  onerror: () => void = () => {};
  constructor(readonly address: string) {
    Stream.opened.push(this);
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
  say(state: string) {
    this.onmessage({ data: JSON.stringify({ state, secondsLeft: 90, scannedBy: null }) });
  }
  /** `isRefused`: the server answered with something that is no stream. */
  fail(isRefused = false) {
    if (isRefused) this.readyState = Stream.CLOSED;
    this.onerror();
  }
}

/** The part of a page that can be hidden. */
class Page extends EventTarget {
  hidden = false;
  turn(hidden: boolean) {
    this.hidden = hidden;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

let page: Page;
const fetch = vi.fn<(address: string) => Promise<Response>>();
const hear = vi.fn();
const lose = vi.fn();

function follow() {
  return followTicket({ id: "abc", hear: ({ state }) => hear(state), lose });
}

function lastStream(): Stream {
  const stream = Stream.opened.at(-1);
  if (!stream) throw new Error("no stream was opened");
  return stream;
}

beforeEach(() => {
  page = new Page();
  Stream.opened = [];
  for (const mock of [fetch, hear, lose]) mock.mockReset();
  fetch.mockImplementation(async () => Response.json({ state: "scanned", secondsLeft: 80, scannedBy: null }));
  vi.useFakeTimers();
  vi.stubGlobal("document", page);
  vi.stubGlobal("EventSource", Stream);
  vi.stubGlobal("fetch", fetch);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("following a ticket", () => {
  test("hears each event and asks nothing while the stream holds", async () => {
    const stop = follow();
    expect(lastStream().address).toBe("/api/tickets/abc/events");
    for (const state of ["waiting", "scanned", "approved"]) lastStream().say(state);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hear.mock.calls.flat()).toEqual(["waiting", "scanned", "approved"]);
    expect(fetch).not.toHaveBeenCalled();
    stop();
    expect(lastStream().readyState).toBe(Stream.CLOSED);
  });

  test("leaves it to the browser to open a stream again that broke once", () => {
    const stop = follow();
    lastStream().say("waiting");
    lastStream().fail();
    lastStream().say("waiting");
    lastStream().fail();
    expect(fetch).not.toHaveBeenCalled();
    stop();
  });

  test("asks instead once the stream broke twice in a row", async () => {
    const stop = follow();
    lastStream().fail();
    lastStream().fail();
    await vi.advanceTimersByTimeAsync(0);
    expect(hear.mock.calls).toEqual([["scanned"]]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(fetch).toHaveBeenCalledTimes(3);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  test("asks at once where the server gives no stream", async () => {
    const stop = follow();
    lastStream().fail(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(fetch).toHaveBeenCalledTimes(1);
    stop();
  });

  test("asks where something on the way keeps the events back, though the line stands", async () => {
    const stop = follow();
    await vi.advanceTimersByTimeAsync(3900);
    expect(fetch).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(lastStream().readyState).toBe(Stream.CLOSED);
    stop();
  });

  test("goes on asking when one question failed", async () => {
    fetch.mockRejectedValueOnce(new TypeError("offline"));
    const stop = follow();
    lastStream().fail(true);
    await vi.advanceTimersByTimeAsync(2500);
    expect(hear.mock.calls).toEqual([["scanned"]]);
    stop();
  });

  test("S16 loses a ticket that is not this browser's", async () => {
    fetch.mockImplementation(async () => new Response(null, { status: 404 }));
    const stop = follow();
    lastStream().fail(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(lose).toHaveBeenCalledTimes(1);
    expect(hear).not.toHaveBeenCalled();
    stop();
  });

  test("rests while nobody sees the page, and hears how it stands when somebody looks again", async () => {
    const stop = follow();
    lastStream().say("waiting");
    page.turn(true);
    expect(lastStream().readyState).toBe(Stream.CLOSED);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetch).not.toHaveBeenCalled();
    page.turn(false);
    expect(Stream.opened).toHaveLength(2);
    lastStream().say("approved");
    expect(hear.mock.calls.flat()).toEqual(["waiting", "approved"]);
    stop();
  });

  test("opens nothing in a page that begins hidden, or after it was stopped", () => {
    page.hidden = true;
    const stop = follow();
    expect(Stream.opened).toHaveLength(0);
    stop();
    page.turn(false);
    expect(Stream.opened).toHaveLength(0);
  });
});
