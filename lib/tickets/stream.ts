import { hashSecret } from "../secrets";
import { type TicketCredentials, type TicketView, viewTicket } from "./desktop";
import { closeAtStop, subscribe } from "./hub";
import { isOver, type TicketState } from "./lifecycle";

/** Often enough that no proxy takes the line for dead: the usual ones wait a minute. */
const pingMs = 30_000;
const encoder = new TextEncoder();

/**
 * A ticket's moves as server-sent events, from how it stands now until it is over, runs out, or the browser goes. The
 * state is sent after subscribing, so no move falls in between.
 */
export function streamTicket(credentials: TicketCredentials, signal: AbortSignal): Response {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => follow(credentials, signal, controller) });
  const headers = {
    "content-type": "text/event-stream",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
  };
  return new Response(body, { headers });
}

async function follow(
  credentials: TicketCredentials,
  signal: AbortSignal,
  controller: ReadableStreamDefaultController<Uint8Array>,
): Promise<void> {
  const line = openLine(controller, signal);
  let seen: TicketView | null = null;
  const tell = (view: TicketView) => {
    line.send(view);
    if (isOver(view.state)) line.close();
  };
  const look = async () => {
    seen = await viewTicket(credentials);
    if (!seen) return line.close();
    tell(seen);
    // Nobody moves a ticket that runs out, so nobody tells of it.
    line.lookAgain(() => void look().catch(line.close), seen.secondsLeft);
  };
  // Once it is known who scanned, the move itself says the rest, and two people are waiting.
  const hear = (state?: TicketState) =>
    seen?.scannedBy && state ? tell({ ...seen, state }) : void look().catch(line.close);
  line.onClose(await subscribe(hashSecret(credentials.id), hear));
  await look().catch(line.close);
}

/** One browser's open line. Whatever ends it first, everything that belongs to it is released once. */
function openLine(controller: ReadableStreamDefaultController<Uint8Array>, signal: AbortSignal) {
  const releases: (() => void)[] = [];
  let isOpen = true;
  let next: ReturnType<typeof setTimeout> | undefined;
  const write = (text: string) => isOpen && controller.enqueue(encoder.encode(text));
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const release of releases) release();
    if (!signal.aborted) controller.close();
  };
  const ping = setInterval(() => write(": still here\n\n"), pingMs);
  signal.addEventListener("abort", close);
  releases.push(
    () => clearInterval(ping),
    () => clearTimeout(next),
    closeAtStop(close),
  );
  write("retry: 2000\n\n");
  return {
    close,
    send: (view: TicketView) => write(`data: ${JSON.stringify(view)}\n\n`),
    onClose: (release: () => void) => (isOpen ? releases.push(release) : release()),
    lookAgain(look: () => void, seconds: number) {
      clearTimeout(next);
      if (isOpen) next = setTimeout(look, seconds * 1000);
    },
  };
}
