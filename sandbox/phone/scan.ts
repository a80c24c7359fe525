import { type Store } from "../store";
import { type Phone } from "./routes";

/**
 * Where the phone goes after scanning this text: to the confirmation of a login QR, into the webview for an address of the
 * app (bare, or inside a dingtalk:// link), and nowhere for anything else.
 */
export function destinationOf(store: Store, phone: Phone, text: string): string | null {
  const url = unwrap(text.trim());
  if (!url) return null;
  if (url.pathname === "/oauth2/qr_confirm.htm") {
    const query = new URLSearchParams({ code: url.searchParams.get("code") ?? "", person: phone.userid });
    return `/oauth2/qr_confirm.htm?${query}`;
  }
  const origins = [new URL(store.options.appUrl).origin, store.addresses.webview];
  if (!origins.includes(url.origin)) return null;
  return webviewLink(store, phone, url.pathname + url.search + url.hash);
}

export function webviewLink(store: Store, phone: Phone, path: string): string {
  const query = new URLSearchParams({ person: phone.userid, client: phone.client, to: path });
  return `${store.addresses.webview}/_webview/open?${query}`;
}

/** dingtalk://dingtalkclient/action/openapp?…&redirect_url= and …/page/link?url= carry the address they open. */
function unwrap(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== "dingtalk:") return url;
  const inner = url.searchParams.get("redirect_url") ?? url.searchParams.get("url") ?? "";
  return URL.canParse(inner) ? new URL(inner) : null;
}
