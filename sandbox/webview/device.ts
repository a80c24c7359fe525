import { getCookie, setCookie } from "hono/cookie";
import { type SandboxContext } from "../http";
import { mintCode } from "../identity/credentials";
import { type Store } from "../store";
import { type Client, isClient } from "../user-agents";

/** A DingTalk client and the person who is signed in to it. */
export type Device = { userid: string; client: Client };

type SilentCodeResult = { code: string } | { errorCode: string | number; errorMessage: string };

const deviceCookie = "sandbox_webview";

/** The default is 李雷 on Android, so that the bare address signs in already. */
export function toDevice(store: Store, userid: string, client: string): Device {
  return { userid: store.people.find(userid)?.userid ?? "user0001", client: isClient(client) ? client : "android" };
}

export function readDeviceCookie(store: Store, c: SandboxContext): Device {
  const [userid = "", client = ""] = (getCookie(c, deviceCookie) ?? "").split(".");
  return toDevice(store, userid, client);
}

export function setDeviceCookie(c: SandboxContext, device: Device): void {
  setCookie(c, deviceCookie, `${device.userid}.${device.client}`, { path: "/", httpOnly: true, sameSite: "Lax" });
}

/** A Cookie header without the sandbox's own cookie, which the app must not receive. */
export function withoutDeviceCookie(cookies: string): string {
  const pairs = cookies.split(/;\s*/).filter((pair) => !pair.startsWith(`${deviceCookie}=`));
  return pairs.join("; ");
}

/** How the native client answers requestAuthCode, with the failures that were observed on real clients. */
export function requestSilentCode(store: Store, device: Device, params: Record<string, unknown>): SilentCodeResult {
  const { corpId, clientId } = params;
  if (corpId === "$CORPID$" || !/^ding[a-z0-9]+$/i.test(String(corpId))) {
    return { errorCode: "3", errorMessage: "1002,corpId不合法" };
  }
  const person = store.people.find(device.userid);
  const isOtherApp = typeof clientId === "string" && clientId !== store.options.clientId;
  if (corpId !== store.options.corpId || isOtherApp || person?.membership !== "member") {
    return { errorCode: "3", errorMessage: `对应企业没有${hostnameOf(params.pageUrl)}域名微应用` };
  }
  return { code: mintCode(store, person, { kind: "silent" }) };
}

function hostnameOf(pageUrl: unknown): string {
  const url = String(pageUrl ?? "");
  return URL.canParse(url) ? new URL(url).hostname : "";
}
