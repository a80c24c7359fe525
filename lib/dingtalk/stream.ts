import { type DirectoryEvent } from "./event";
import { type Connection } from "./schemas";
import { openSocket } from "./stream-connection";

export type StreamState = { isOpen: boolean; sinceMs: number };

export type StreamOptions = {
  /** Asks DingTalk's gateway for an address and a ticket, which is for one connection. */
  openConnection: () => Promise<Connection>;
  /** Whether the gateway may lead to this address. */
  isAllowed: (endpoint: URL) => boolean;
  /** Stores an event. When it rejects, DingTalk is asked to send the event again. */
  onEvent: (event: DirectoryEvent) => Promise<void>;
  onState?: (change: { isOpen: boolean; reason: string }) => void;
  clock?: () => number;
  random?: () => number;
};

export type EventStream = { state: () => StreamState; close: () => void };

const minPauseMs = 1000;
const maxPauseMs = 60_000;
/** A connection that lasted this long was a good one: the next pause is short again. */
const stableMs = 30_000;

/**
 * Receives DingTalk's events over one WebSocket at a time until `close`: it connects again after every end, with growing pauses
 * that differ between processes. https://open.dingtalk.com/document/direction/stream-mode-protocol-access-description
 */
export function openStream(options: StreamOptions): EventStream {
  const { clock = Date.now, random = Math.random } = options;
  let state: StreamState = { isOpen: false, sinceMs: clock() };
  let failures = 0;
  let isClosed = false;
  let endSocket = () => {};
  let pause: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    try {
      const { endpoint, ticket } = await options.openConnection();
      if (isClosed) return;
      const url = new URL(endpoint);
      if (!options.isAllowed(url)) throw new Error("the gateway leads to another host");
      url.searchParams.set("ticket", ticket);
      endSocket = openSocket(url, {
        clock,
        onEvent: options.onEvent,
        onOpen: () => change(true, "connected"),
        onEnd: retry,
      });
    } catch (error) {
      retry(error instanceof Error ? error.message : "the gateway did not answer");
    }
  }
  function retry(reason: string): void {
    if (state.isOpen && clock() - state.sinceMs > stableMs) failures = 0;
    change(false, reason);
    if (isClosed) return;
    const longestMs = Math.min(minPauseMs * 2 ** failures, maxPauseMs);
    failures += 1;
    pause = setTimeout(() => void connect(), longestMs / 2 + (random() * longestMs) / 2);
    pause.unref();
  }
  function change(isOpen: boolean, reason: string): void {
    state = { isOpen, sinceMs: clock() };
    options.onState?.({ isOpen, reason });
  }
  function close(): void {
    isClosed = true;
    clearTimeout(pause);
    endSocket();
  }

  void connect();
  return { state: () => state, close };
}
