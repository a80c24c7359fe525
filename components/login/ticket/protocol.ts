import { readField, readTextField } from "../answer";
import { type TicketQrEvent } from "./state";

/** A ticket as our server opens it: the content of the QR code, the number to show, and how long it is valid. */
export type OpenedTicket = { id: string; address: string; number: string; secondsLeft: number };

/** The server's answer when this browser or address opened too many tickets. */
export type TicketDelay = { waitSeconds: number };

/** What the server says of a ticket: by an event of its stream, or when it is polled. */
export type TicketStatus = { state: string; scannedBy: TicketScanner | null };

export type TicketScanner = { name: string; avatarUrl: string | null };

/** How long to wait when a proxy refuses the request without saying for how long. */
const defaultWaitSeconds = 60;

/** Reads the answer to the request for a ticket. Throws when it is neither a ticket nor a delay. */
export function readOpenAnswer(status: number, body: unknown): OpenedTicket | TicketDelay {
  if (status === 429) return { waitSeconds: Number(readField(body, "retryAfterSeconds")) || defaultWaitSeconds };
  return {
    id: readTextField(body, "id"),
    address: readTextField(body, "address"),
    number: readTextField(body, "number"),
    secondsLeft: Number(readField(body, "secondsLeft")),
  };
}

/** Reads the status of a ticket. Throws when the answer has another shape. */
export function readTicketStatus(body: unknown): TicketStatus {
  const scanner = readField(body, "scannedBy");
  return { state: readTextField(body, "state"), scannedBy: scanner ? readScanner(scanner) : null };
}

function readScanner(scanner: unknown): TicketScanner {
  const avatarUrl = readField(scanner, "avatarUrl");
  return { name: readTextField(scanner, "name"), avatarUrl: typeof avatarUrl === "string" ? avatarUrl : null };
}

const events: Partial<Record<string, TicketQrEvent>> = {
  scanned: "scanned",
  approved: "approved",
  declined: "declined",
  // Used in another tab, cancelled or expired: this page needs a new ticket in each case.
  used: "ended",
  cancelled: "ended",
  expired: "ended",
};

/** What a status means for the page; null while the ticket waits for a scan. */
export function eventOf({ state }: TicketStatus): TicketQrEvent | null {
  return events[state] ?? null;
}
