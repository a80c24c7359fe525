import { z } from "zod";
import { createBrowser } from "./browser";

const opened = z.object({ id: z.string(), number: z.string() });
const view = z.object({ state: z.string() });

/** A desktop with a code on its screen. */
export type Desktop = {
  id: string;
  number: string;
  /** Waits for news as the page does, by server-sent events. Resolves once the first event has come. */
  listen: (hear: (state: string) => void, signal: AbortSignal) => Promise<void>;
  /** Asks how the ticket stands, as a page without events would. */
  poll: () => Promise<string>;
};

/** Opens a ticket with a secret of its own. */
export async function openDesktop(url: string): Promise<Desktop> {
  const browser = createBrowser(url);
  const { status, text } = await browser.post("/api/tickets", {});
  if (status !== 201) throw new Error(`No ticket was opened: ${status} ${text}`);
  const { id, number } = opened.parse(JSON.parse(text));
  return {
    id,
    number,
    async listen(hear, signal) {
      await new Promise<void>((resolve, reject) => {
        const hearText = (events: string) => {
          for (const state of statesIn(events)) hear(state);
          resolve();
        };
        browser.listen(`/api/tickets/${id}/events`, hearText, signal).catch(reject);
      });
    },
    poll: async () => view.parse(JSON.parse((await browser.get(`/api/tickets/${id}`)).text)).state,
  };
}

function statesIn(events: string): string[] {
  return [...events.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) => view.parse(JSON.parse(data)).state);
}
