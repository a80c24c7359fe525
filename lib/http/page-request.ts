// biome-ignore lint/plugin: only types; nothing is fetched.
import { type IncomingMessage, type ServerResponse } from "node:http";
import { contentPolicy } from "./content-policy";

/** Images are served from the top level only: a deeper path that ends like an image may be a page, such as an employee's. */
const pagePath = /^\/(?!api\/|_next\/static\/|_next\/image|[^/]+\.(?:svg|png|ico)$)/;

/**
 * Gives the request for a page what Next and the page read from its headers: a content policy with a new nonce (S39), which
 * the response gets too, and the path, which Next does not pass to pages. Next's proxy could do the same, but running it
 * takes a tenth of the time of a page.
 */
export function preparePageRequest({ url = "", headers }: IncomingMessage, response: ServerResponse): void {
  // A client must not choose either of them.
  delete headers["content-security-policy"];
  delete headers["x-path"];
  const [path = "", query = ""] = url.split("?");
  if (!pagePath.test(path)) return;
  const policy = contentPolicy(btoa(crypto.randomUUID()));
  response.setHeader("Content-Security-Policy", policy);
  headers["content-security-policy"] = policy;
  headers["x-path"] = path + withoutInternal(query);
  // Next takes this for the call of an action, and proxy.ts is not run for it.
  if (headers["next-action"] === "") delete headers["next-action"];
}

/** `_rsc` is Next's own: it asks for a page's data instead of its HTML. */
function withoutInternal(query: string): string {
  const parameters = new URLSearchParams(query);
  parameters.delete("_rsc");
  return parameters.size > 0 ? `?${parameters}` : "";
}
