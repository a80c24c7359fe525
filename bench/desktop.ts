import { z } from "zod";
import { createBrowser } from "./browser";

const openedTicket = z.object({ id: z.string(), number: z.string() });
const ticketView = z.object({ state: z.string() });

/** A desktop that shows a ticket's QR code. */
export type Desktop = {
  id: string;
  number: string;
  /** Receives the ticket's states by server-sent events, as the page does. Resolves after the first event. */
  listen: (onState: (state: string) => void, signal: AbortSignal) => Promise<void>;
  /** Requests the ticket's state, as a page without events does. */
  poll: () => Promise<string>;
};

/** Opens a ticket with its own ticket secret. */
export async function openDesktop(url: string): Promise<Desktop> {
  const browser = createBrowser(url);
  const { status, text } = await browser.post("/api/tickets", {});
  if (status !== 201) throw new Error(`The app opened no ticket: ${status} ${text}`);
  const { id, number } = openedTicket.parse(JSON.parse(text));
  return {
    id,
    number,
    async listen(onState, signal) {
      await new Promise<void>((resolve, reject) => {
        const onText = (events: string) => {
          for (const state of readStates(events)) onState(state);
          resolve();
        };
        browser.listen(`/api/tickets/${id}/events`, onText, signal).catch(reject);
      });
    },
    poll: async () => ticketView.parse(JSON.parse((await browser.get(`/api/tickets/${id}`)).text)).state,
  };
}

function readStates(events: string): string[] {
  return [...events.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => ticketView.parse(JSON.parse(data)).state);
}
