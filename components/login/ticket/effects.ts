import { readPath } from "../answer";
import { exchange, fetchCsrfToken } from "../exchange";
import { followTicket } from "./follow-ticket";
import { eventOf, type OpenedTicket, readOpenAnswer, type TicketScanner, type TicketStatus } from "./protocol";
import { type TicketQrEvent } from "./state";

type Send = (event: TicketQrEvent) => void;
type Requesting = { send: Send; showTicket: (ticket: OpenedTicket) => void; showWait: (seconds: number) => void };

/** Requests a ticket and shows it. Returns how to stop. */
export function requestTicket({ send, showTicket, showWait }: Requesting): () => void {
  const controller = new AbortController();
  async function request() {
    const answer = await fetch("/api/tickets", { method: "POST", signal: controller.signal });
    const opened = readOpenAnswer(answer.status, await answer.json());
    const isDelayed = "waitSeconds" in opened;
    if (isDelayed) showWait(opened.waitSeconds);
    else showTicket(opened);
    send(isDelayed ? "busy" : "opened");
  }
  request().catch(() => {
    if (!controller.signal.aborted) send("unreachable");
  });
  return () => controller.abort();
}

type Watching = { ticket: OpenedTicket; send: Send; showScanner: (scanner: TicketScanner | null) => void };

/** Follows a ticket until its outcome. A page that is left before that releases it. Returns how to stop. */
export function watchTicket({ ticket, send, showScanner }: Watching): () => void {
  let isOpen = true;
  function receive(event: TicketQrEvent) {
    isOpen &&= event === "scanned";
    send(event);
  }
  function onStatus(status: TicketStatus) {
    const event = eventOf(status);
    showScanner(status.scannedBy);
    if (event) receive(event);
  }
  function release() {
    if (isOpen) releaseTicket(ticket.id);
    isOpen = false;
  }
  const stop = followTicket({ id: ticket.id, onStatus, onMissing: () => receive("ended") });
  window.addEventListener("pagehide", release);
  return () => {
    window.removeEventListener("pagehide", release);
    stop();
    release();
  };
}

/** Cancels a ticket on the server. The request outlives the page, and its failure has no effect. */
export function releaseTicket(id: string): void {
  fetch(`/api/tickets/${id}`, { method: "DELETE", keepalive: true }).catch(() => {});
}

const exchangeLimitMs = 10_000;

type Exchanging = { ticket: OpenedTicket; returnTo: string; send: Send };

/** Exchanges an approved ticket for a session and leaves the page, after a refusal to the page that explains it. Returns how to stop. */
export function exchangeTicket({ ticket, returnTo, send }: Exchanging): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => controller.abort(), exchangeLimitMs);
  async function signIn() {
    const csrfToken = await fetchCsrfToken();
    const { body } = await exchange({ method: "ticket", ticket: ticket.id, csrfToken, returnTo, signal });
    location.replace(readPath(body));
  }
  signIn()
    .catch(() => send("unreachable"))
    .finally(() => clearTimeout(timer));
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}
