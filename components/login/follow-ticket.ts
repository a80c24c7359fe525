import { readTicketView, type TicketView } from "./ticket";

/** How often to ask where no stream of events comes through. */
const pollMs = 2500;
/** An event stream that broke so often in a row will not hold. */
const brokenAt = 2;
/** The first event is sent at once: by then it has come, or something on the way holds events back without breaking the line. */
const silentMs = 4000;

type Following = { id: string; hear: (view: TicketView) => void; lose: () => void };

/**
 * Tells how a ticket stands as it changes: by server-sent events, by asking where those do not come through, and not at all
 * while nobody can see the page. Returns how to stop.
 */
export function followTicket(following: Following): () => void {
  let stop = document.hidden ? rest : listen(following);
  function turn() {
    stop();
    stop = document.hidden ? rest : listen(following);
  }
  document.addEventListener("visibilitychange", turn);
  return () => {
    document.removeEventListener("visibilitychange", turn);
    stop();
  };
}

function rest() {}

function listen(following: Following): () => void {
  const source = new EventSource(`/api/tickets/${following.id}/events`);
  const silence = setTimeout(fallBack, silentMs);
  let failures = 0;
  let stopAsking = rest;
  function fallBack() {
    stop();
    stopAsking = ask(following);
  }
  function stop() {
    clearTimeout(silence);
    source.close();
    stopAsking();
  }
  source.onmessage = (message: MessageEvent<string>) => {
    clearTimeout(silence);
    failures = 0;
    following.hear(readTicketView(JSON.parse(message.data)));
  };
  source.onerror = () => {
    failures += 1;
    if (failures >= brokenAt || source.readyState === EventSource.CLOSED) fallBack();
  };
  return stop;
}

function ask({ id, hear, lose }: Following): () => void {
  const stop = new AbortController();
  async function askOnce() {
    const answer = await fetch(`/api/tickets/${id}`, { signal: stop.signal, cache: "no-store" });
    if (answer.status === 404) lose();
    if (answer.ok) hear(readTicketView(await answer.json()));
  }
  // One failed question is no loss: the next may get through, and the ticket's own life ends the wait.
  const asking = () => void askOnce().catch(rest);
  asking();
  const timer = setInterval(asking, pollMs);
  return () => {
    clearInterval(timer);
    stop.abort();
  };
}
