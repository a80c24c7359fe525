/** A ticket as our server opens it: the QR's content, the number to show, and how long it lives. */
export type Ticket = { id: string; address: string; number: string; secondsLeft: number };

export type TicketView = {
  state: string;
  secondsLeft: number;
  scannedBy: { name: string; avatarUrl: string | null } | null;
};

/** Opens a ticket; a number is how many seconds to wait before asking again. Rejects when the server cannot be reached. */
export async function openTicket(signal: AbortSignal): Promise<Ticket | number> {
  const answer = await fetch("/api/tickets", { method: "POST", signal });
  const body: unknown = await answer.json();
  if (answer.status === 429) return Number(field(body, "retryAfterSeconds")) || 60;
  const ticket = { id: text(body, "id"), address: text(body, "address"), number: text(body, "number") };
  return { ...ticket, secondsLeft: Number(field(body, "secondsLeft")) };
}

/** Gives a ticket back, also while the page is being left. */
export function cancelTicket(id: string): void {
  fetch(`/api/tickets/${id}`, { method: "DELETE", keepalive: true }).catch(() => {});
}

/** Reads how a ticket stands; a view it cannot read counts as a failure to reach the server. */
export function readTicketView(body: unknown): TicketView {
  const scanner = field(body, "scannedBy");
  const avatarUrl = field(scanner, "avatarUrl");
  return {
    state: text(body, "state"),
    secondsLeft: Number(field(body, "secondsLeft")),
    scannedBy: scanner
      ? { name: text(scanner, "name"), avatarUrl: typeof avatarUrl === "string" ? avatarUrl : null }
      : null,
  };
}

function field(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
}

function text(body: unknown, name: string): string {
  const value = field(body, name);
  if (typeof value !== "string") throw new Error(`the answer has no ${name}`);
  return value;
}
