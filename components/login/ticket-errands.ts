import { fetchCsrfToken, handOver } from "./exchange";
import { followTicket } from "./follow-ticket";
import { cancelTicket, openTicket, type Ticket, type TicketView } from "./ticket";
import { type TicketEvent } from "./ticket-machine";

type Send = (event: TicketEvent) => void;

const entryMs = 10_000;

type Opening = { send: Send; show: (ticket: Ticket) => void; showWait: (seconds: number) => void };

/** Opens a ticket and shows it; returns how to call it off. */
export function beginTicket({ send, show, showWait }: Opening): () => void {
  const stop = new AbortController();
  async function open() {
    const opened = await openTicket(stop.signal);
    if (typeof opened === "number") showWait(opened);
    else show(opened);
    send(typeof opened === "number" ? "busy" : "opened");
  }
  open().catch(() => {
    if (!stop.signal.aborted) send("unreachable");
  });
  return () => stop.abort();
}

const eventOf: Record<string, TicketEvent> = {
  scanned: "scanned",
  approved: "approved",
  declined: "declined",
  // Used by another tab, given back or run out: for this page it is time for the next one.
  used: "ranOut",
  cancelled: "ranOut",
  expired: "ranOut",
};

type Watch = { ticket: Ticket; send: Send; showScanner: (scanner: TicketView["scannedBy"]) => void };

/** Follows a ticket until it is over; leaving before that gives it back. Returns how to stop. */
export function watchTicket({ ticket, send, showScanner }: Watch): () => void {
  let isOpen = true;
  const end = (event: TicketEvent) => {
    isOpen &&= event === "scanned";
    send(event);
  };
  function hear({ state, scannedBy }: TicketView) {
    const event = eventOf[state];
    showScanner(scannedBy);
    if (event) end(event);
  }
  const stop = followTicket({ id: ticket.id, hear, lose: () => end("ranOut") });
  const leave = () => {
    if (isOpen) cancelTicket(ticket.id);
    isOpen = false;
  };
  window.addEventListener("pagehide", leave);
  return () => {
    window.removeEventListener("pagehide", leave);
    stop();
    leave();
  };
}

type Entering = { ticket: Ticket; returnTo: string; send: Send };

/** Uses an approved ticket and goes on, or to the page that says why not. Returns how to call it off. */
export function enterByTicket({ ticket, returnTo, send }: Entering): () => void {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), entryMs);
  async function enter() {
    const csrfToken = await fetchCsrfToken();
    const { path } = await handOver({ way: "ticket", ticket: ticket.id, csrfToken, returnTo, signal: stop.signal });
    location.replace(path);
  }
  enter()
    .catch(() => send("unreachable"))
    .finally(() => clearTimeout(late));
  return () => {
    clearTimeout(late);
    stop.abort();
  };
}
