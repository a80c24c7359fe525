import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { followTicket } from "./follow-ticket";

/** An event stream whose server side is the test. */
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
  emit(state: string) {
    this.onmessage({ data: JSON.stringify({ state, secondsLeft: 90, scannedBy: null }) });
  }
  /** `isRefused`: the server answered with something other than a stream. */
  fail(isRefused = false) {
    if (isRefused) this.readyState = Stream.CLOSED;
    this.onerror();
  }
}

/** The part of a page that can be hidden. */
class Page extends EventTarget {
  hidden = false;
  setHidden(hidden: boolean) {
    this.hidden = hidden;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

let page: Page;
const fetch = vi.fn<(address: string) => Promise<Response>>();
const onState = vi.fn();
const onMissing = vi.fn();

function follow() {
  return followTicket({ id: "abc", onStatus: ({ state }) => onState(state), onMissing });
}

function lastStream(): Stream {
  const stream = Stream.opened.at(-1);
  if (!stream) throw new Error("no stream was opened");
  return stream;
}

beforeEach(() => {
  page = new Page();
  Stream.opened = [];
  for (const mock of [fetch, onState, onMissing]) mock.mockReset();
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
  test("receives each event and does not poll while the stream stands", async () => {
    const stop = follow();
    expect(lastStream().address).toBe("/api/tickets/abc/events");
    for (const state of ["waiting", "scanned", "approved"]) lastStream().emit(state);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(onState.mock.calls.flat()).toEqual(["waiting", "scanned", "approved"]);
    expect(fetch).not.toHaveBeenCalled();
    stop();
    expect(lastStream().readyState).toBe(Stream.CLOSED);
  });

  test("lets the browser reopen a stream that failed once", () => {
    const stop = follow();
    lastStream().emit("waiting");
    lastStream().fail();
    lastStream().emit("waiting");
    lastStream().fail();
    expect(fetch).not.toHaveBeenCalled();
    stop();
  });

  test("polls once the stream failed twice in a row", async () => {
    const stop = follow();
    lastStream().fail();
    lastStream().fail();
    await vi.advanceTimersByTimeAsync(0);
    expect(onState.mock.calls).toEqual([["scanned"]]);
    await vi.advanceTimersByTimeAsync(5000);
    expect(fetch).toHaveBeenCalledTimes(3);
    stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  test("polls at once where the server gives no stream", async () => {
    const stop = follow();
    lastStream().fail(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(fetch).toHaveBeenCalledTimes(1);
    stop();
  });

  test("polls where a proxy buffers the events although the connection stands", async () => {
    const stop = follow();
    await vi.advanceTimersByTimeAsync(3900);
    expect(fetch).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(lastStream().readyState).toBe(Stream.CLOSED);
    stop();
  });

  test("polls again after a failed request", async () => {
    fetch.mockRejectedValueOnce(new TypeError("offline"));
    const stop = follow();
    lastStream().fail(true);
    await vi.advanceTimersByTimeAsync(2500);
    expect(onState.mock.calls).toEqual([["scanned"]]);
    stop();
  });

  test("S16 reports a ticket that is not this browser's as missing", async () => {
    fetch.mockImplementation(async () => new Response(null, { status: 404 }));
    const stop = follow();
    lastStream().fail(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(onMissing).toHaveBeenCalledTimes(1);
    expect(onState).not.toHaveBeenCalled();
    stop();
  });

  test("stops while the page is hidden, and receives the status when it is visible again", async () => {
    const stop = follow();
    lastStream().emit("waiting");
    page.setHidden(true);
    expect(lastStream().readyState).toBe(Stream.CLOSED);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetch).not.toHaveBeenCalled();
    page.setHidden(false);
    expect(Stream.opened).toHaveLength(2);
    lastStream().emit("approved");
    expect(onState.mock.calls.flat()).toEqual(["waiting", "approved"]);
    stop();
  });

  test("opens no stream in a page that is hidden from the start, or after it was stopped", () => {
    page.hidden = true;
    const stop = follow();
    expect(Stream.opened).toHaveLength(0);
    stop();
    page.setHidden(false);
    expect(Stream.opened).toHaveLength(0);
  });
});
