import { readTicketStatus, type TicketStatus } from "./protocol";

/** How often to poll where no event stream works. */
const pollMs = 2500;
/** A stream that fails this often in a row is given up. */
const mostFailures = 2;
/** The server sends the first event at once. Without one in this time, a proxy buffers the events although the connection stands. */
const firstEventLimitMs = 4000;

type Following = { id: string; onStatus: (status: TicketStatus) => void; onMissing: () => void };

/**
 * Reports the status of a ticket as it changes: by server-sent events, by polling where those do not arrive, and not at all
 * while the page is hidden. Returns how to stop.
 */
export function followTicket(following: Following): () => void {
  let stop = followIfVisible(following);
  function restart() {
    stop();
    stop = followIfVisible(following);
  }
  document.addEventListener("visibilitychange", restart);
  return () => {
    document.removeEventListener("visibilitychange", restart);
    stop();
  };
}

function followIfVisible(following: Following): () => void {
  return document.hidden ? doNothing : listen(following);
}

function doNothing() {}

function listen(following: Following): () => void {
  const source = new EventSource(`/api/tickets/${following.id}/events`);
  const timer = setTimeout(fallBack, firstEventLimitMs);
  let failures = 0;
  let stopPolling = doNothing;
  function fallBack() {
    stop();
    stopPolling = poll(following);
  }
  function stop() {
    clearTimeout(timer);
    source.close();
    stopPolling();
  }
  source.onmessage = ({ data }: MessageEvent<unknown>) => {
    clearTimeout(timer);
    failures = 0;
    following.onStatus(readTicketStatus(JSON.parse(String(data))));
  };
  source.onerror = () => {
    failures += 1;
    if (failures >= mostFailures || source.readyState === EventSource.CLOSED) fallBack();
  };
  return stop;
}

function poll({ id, onStatus, onMissing }: Following): () => void {
  const controller = new AbortController();
  async function request() {
    const answer = await fetch(`/api/tickets/${id}`, { signal: controller.signal, cache: "no-store" });
    if (answer.status === 404) onMissing();
    if (answer.ok) onStatus(readTicketStatus(await answer.json()));
  }
  // A failed request needs no handling: the next one may succeed, and the ticket's own expiry ends the wait.
  const requestOnce = () => void request().catch(doNothing);
  requestOnce();
  const timer = setInterval(requestOnce, pollMs);
  return () => {
    clearInterval(timer);
    controller.abort();
  };
}
