import { type Next } from "hono";
import { jsonResponse, type SandboxContext } from "./http";
import { type Store } from "./store";

/**
 * Refuses a request with a foreign `Host` or `Origin`. A page on the internet can resolve its own name to 127.0.0.1 (DNS
 * rebinding), and any page can post a plain form to localhost; neither may reach a control API that checks no password.
 */
export function createLocalGuard(store: Store) {
  return async function requireLocalCaller(c: SandboxContext, next: Next): Promise<Response | undefined> {
    const host = c.req.header("host") ?? new URL(c.req.url).host;
    if (!isLocalAddress(store, `http://${host}`)) return refuseForeign(`The host "${host}"`);
    const origin = c.req.header("origin");
    if (origin !== undefined && !isLocalAddress(store, origin)) return refuseForeign(`The origin "${origin}"`);
    await next();
    return undefined;
  };
}

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** Browsers resolve every name below .localhost to loopback without DNS. The origin "null" is no address. */
function isLocalAddress(store: Store, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  if (loopbackNames.includes(hostname) || hostname.endsWith(".localhost")) return true;
  return [new URL(store.options.appUrl).hostname, ...store.options.allowedHosts].includes(hostname);
}

function refuseForeign(caller: string): Response {
  const error = `${caller} is neither loopback nor listed in SANDBOX_ALLOWED_HOSTS.`;
  return jsonResponse({ error }, { status: 403 });
}
