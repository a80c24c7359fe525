import { isExpired, now, secondsFromNow } from "../clock";
import { type JsapiTicket } from "../records";
import { type Store } from "../store";
import { newSecret } from "./credentials";

const longestLifeSeconds = 24 * 3600;

/** Prolongs the current ticket, at most to 24 hours after it was made, or makes one. Both hosts share it. */
export function issueJsapiTicket(store: Store): JsapiTicket {
  const current = store.jsapiTicket;
  const ticket = current && !isExpired(store, current) ? current : createTicket(store);
  const latest = ticket.createdAt + longestLifeSeconds * 1000;
  ticket.expiresAt = Math.min(secondsFromNow(store, store.settings.tokenLifeSeconds), latest);
  store.jsapiTicket = ticket;
  return ticket;
}

/** What DingTalk returns as `expireIn`. */
export function secondsLeft(store: Store, ticket: JsapiTicket): number {
  return Math.ceil((ticket.expiresAt - now(store)) / 1000);
}

function createTicket(store: Store): JsapiTicket {
  return { value: newSecret() + newSecret(), createdAt: now(store), expiresAt: 0 };
}
