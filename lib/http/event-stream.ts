import { beyondRequest } from "../incoming-request";
import { singleton } from "../singleton";

/** Often enough that no proxy takes the connection for dead: the usual ones wait a minute. */
const pingSeconds = 30;
const encoder = new TextEncoder();
const ping = encoder.encode(": still here\n\n");

/** What the response of a stream says of itself: no proxy may store it or hold it back. */
export const eventStreamHeaders = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** One browser's open connection. Whatever ends it first, everything that belongs to it is released once. */
export function openEventStream(signal: AbortSignal) {
  const releases: (() => void)[] = [];
  let isOpen = true;
  let seconds = 0;
  let wake: { atSecond: number; work: () => void } | null = null;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  const start = (given: ReadableStreamDefaultController<Uint8Array>) => {
    controller = given;
  };
  const body = new ReadableStream<Uint8Array>({ start, cancel: () => close() });
  const write = (bytes: Uint8Array) => isOpen && controller?.enqueue(bytes);
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const release of releases) release();
    if (!signal.aborted) controller?.close();
  };
  const tick = () => {
    seconds += 1;
    if (seconds % pingSeconds === 0) write(ping);
    if (!wake || seconds < wake.atSecond) return;
    const { work } = wake;
    wake = null;
    work();
  };
  signal.addEventListener("abort", close);
  releases.push(join({ tick, close }));
  write(encoder.encode("retry: 2000\n\n"));
  return {
    body,
    close,
    send: (data: object) => write(encoder.encode(`data: ${JSON.stringify(data)}\n\n`)),
    onClose: (release: () => void) => (isOpen ? releases.push(release) : release()),
    /** Does `work` after so many seconds, unless something else is scheduled before. */
    schedule(work: () => void, inSeconds: number) {
      wake = { atSecond: seconds + Math.max(1, inSeconds), work };
    },
  };
}

type Stream = { tick: () => void; close: () => void };
type Open = { streams: Set<Stream>; timer: NodeJS.Timeout | null };

/** Every open stream. They have one timer together, since each timer would hold the context of its stream's request. */
const open = singleton<Open>("eventStreams", () => ({ streams: new Set(), timer: null }));

function join(stream: Stream): () => void {
  const { streams } = open();
  streams.add(stream);
  open().timer ??= beyondRequest(() => setInterval(tickAll, 1000));
  return () => {
    streams.delete(stream);
    if (streams.size > 0 || open().timer === null) return;
    clearInterval(open().timer ?? undefined);
    open().timer = null;
  };
}

function tickAll(): void {
  for (const { tick } of open().streams) tick();
}

/** Closes every open stream, because one would stop the server from stopping; browsers reconnect to another process, or poll. */
export function closeStreams(): void {
  for (const { close } of open().streams) close();
}

const places = singleton("streamPlaces", () => new Map<string, number>());

/** Takes one of at most `max` places for open streams of this key, and returns how to give it back once; null when none is left. */
export function takePlace(key: string, max: number): (() => void) | null {
  const taken = places().get(key) ?? 0;
  if (taken >= max) return null;
  places().set(key, taken + 1);
  return () => {
    const left = (places().get(key) ?? 1) - 1;
    if (left > 0) places().set(key, left);
    else places().delete(key);
  };
}
