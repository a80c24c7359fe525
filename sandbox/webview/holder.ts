import { getCookie, setCookie } from "hono/cookie";
import { type SandboxContext } from "../context";
import { type Store } from "../store";
import { type Client, isClient } from "../user-agents";

/** Who holds this webview and which client it is. */
export type Holder = { userid: string; client: Client };

const cookieName = "sandbox_webview";

/** 李雷 on Android until somebody says otherwise, so that the bare address already signs in. */
export function readHolder(store: Store, c: SandboxContext): Holder {
  const [userid = "", client = ""] = (getCookie(c, cookieName) ?? "").split(".");
  return toHolder(store, userid, client);
}

export function toHolder(store: Store, userid: string, client: string): Holder {
  return { userid: store.people.find(userid)?.userid ?? "user0001", client: isClient(client) ? client : "android" };
}

export function rememberHolder(c: SandboxContext, holder: Holder): void {
  setCookie(c, cookieName, `${holder.userid}.${holder.client}`, { path: "/", httpOnly: true, sameSite: "Lax" });
}

/** The app's own cookies; the sandbox's is none of its business. */
export function withoutHolder(cookies: string): string {
  const kept = cookies.split(/;\s*/).filter((pair) => !pair.startsWith(`${cookieName}=`));
  return kept.join("; ");
}
