import Bowser from "bowser";

/** Where a request came from, as far as the server can tell. */
export type ClientInfo = { ip: string | null; userAgent: string | null };

/** Reads a client from request headers; `trustedProxyCount` proxies of ours have each added an address on the right. */
export function readClientInfo(headers: Headers, trustedProxyCount: number): ClientInfo {
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  const ip = hops[Math.max(0, hops.length - 1 - trustedProxyCount)] || null;
  return { ip: ip?.replace(/^::ffff:/, "") ?? null, userAgent: headers.get("user-agent")?.slice(0, 512) ?? null };
}

export type Device = { browser: string | null; system: string | null };

/** Names a browser and system for people ("Chrome 156", "macOS"); DingTalk's own clients go by their own name. */
export function describeDevice(userAgent: string | null): Device {
  if (!userAgent) return { browser: null, system: null };
  const { browser, os } = Bowser.parse(userAgent);
  const version = /DingTalk[/(](\d+(?:\.\d+)?)/i.exec(userAgent)?.[1];
  return { browser: version ? `DingTalk ${version}` : nameBrowser(browser), system: os.name ?? null };
}

/** Whether the page is being opened inside DingTalk's client. A hint for what to show first, nothing more. */
export function isDingTalkClient(userAgent: string | null): boolean {
  return /DingTalk/i.test(userAgent ?? "");
}

function nameBrowser({ name, version }: { name?: string; version?: string }): string | null {
  return name ? [name, version?.split(".")[0]].filter(Boolean).join(" ") : null;
}
