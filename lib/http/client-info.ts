import { isIPv6 } from "node:net";
import Bowser from "bowser";
import { headers } from "next/headers";
import { env } from "../env";
import { singleton } from "../singleton";

/** Address and user agent of a request, as far as the server knows them. */
export type ClientInfo = { ip: string | null; userAgent: string | null };

/** The client of the current request. */
export async function currentClient(): Promise<ClientInfo> {
  return readClientInfo(await headers(), env().TRUSTED_PROXY_COUNT);
}

/** Reads client info from request headers. Each of our `trustedProxyCount` proxies appends an address to X-Forwarded-For. */
export function readClientInfo(headers: Headers, trustedProxyCount: number): ClientInfo {
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  const ip = hops[Math.max(0, hops.length - 1 - trustedProxyCount)] || null;
  // No address is longer than 64 characters, but with a wrong number of proxies a client writes this text itself.
  return {
    ip: ip?.replace(/^::ffff:/, "").slice(0, 64) ?? null,
    userAgent: headers.get("user-agent")?.slice(0, 512) ?? null,
  };
}

/** The network that limits and summaries count as one address: an IPv6 customer has at least a /64 to choose from. (S42) */
export function networkOf({ ip }: Pick<ClientInfo, "ip">): string | null {
  if (ip === null || !isIPv6(ip)) return ip;
  const [left = [], right] = ip.split("::").map((half) => half.split(":").filter(Boolean));
  const missing = right ? 8 - left.length - right.length : 0;
  const groups = [...left, ...Array<string>(missing).fill("0"), ...(right ?? [])];
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** `isPhone`: a QR code on this screen would be on the very device that has to scan it. It only decides what to show first. */
export type Device = { browser: string | null; system: string | null; isPhone: boolean };

/** A company has a few dozen user agents; a stranger can make up any number. */
const maxDevices = 500;

const devices = singleton("devices", () => new Map<string, Device>());

/** Names a browser and a system for people ("Chrome 156", "macOS"); DingTalk's own clients are named after it. */
export function describeDevice(userAgent: string | null): Device {
  if (!userAgent) return { browser: null, system: null, isPhone: false };
  const device = devices().get(userAgent) ?? parseUserAgent(userAgent);
  if (devices().size >= maxDevices) devices().clear();
  devices().set(userAgent, device);
  return device;
}

function parseUserAgent(userAgent: string): Device {
  const { browser, os, platform } = Bowser.parse(userAgent);
  const version = /DingTalk[/(](\d+(?:\.\d+)?)/i.exec(userAgent)?.[1];
  // Bowser does not recognise HarmonyOS without Android.
  const isPhone = platform.type === "mobile" || /HarmonyOS.+Mobile|Phone; OpenHarmony/i.test(userAgent);
  return { browser: version ? `DingTalk ${version}` : nameBrowser(browser), system: os.name ?? null, isPhone };
}

function nameBrowser({ name, version }: { name?: string; version?: string }): string | null {
  return name ? [name, version?.split(".")[0]].filter(Boolean).join(" ") : null;
}

/** Whether the page is being opened inside DingTalk's client. It only decides what to show first. */
export function isDingTalkClient(userAgent: string | null): boolean {
  return /DingTalk/i.test(userAgent ?? "");
}
