import { NextRequest } from "next/server";
import { beginSignIn } from "../lib/auth/begin";
import { handleAuth } from "../lib/auth/handler";
import { goodSettings } from "./world";

const origin = goodSettings.NEXTAUTH_URL;
type Send = { method?: "GET" | "POST" | "PUT"; body?: string; headers?: Record<string, string> };

/** What the app would answer at this address. */
function serve(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  return pathname.startsWith("/api/auth/") ? handleAuth(request, pathname.split("/").slice(3)) : beginSignIn(request);
}

/** A browser as far as sign-in can tell: it keeps cookies and says where its requests come from. */
export function createBrowser() {
  const jar = new Map<string, string>();

  function keep(line: string): void {
    const [pair = "", ...attributes] = line.split("; ");
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice(8);
    const isGone =
      attributes.some((attribute) => /^max-age=0$/i.test(attribute)) || Date.parse(expires ?? "") < Date.now();
    if (isGone) jar.delete(name);
    else jar.set(name, value);
  }
  async function send(path: string, { method = "GET", body, headers = {} }: Send = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const from: Record<string, string> = method === "GET" ? {} : { origin, "sec-fetch-site": "same-origin" };
    const init = { method, headers: { cookie, "user-agent": "a browser", ...from, ...headers } };
    const response = await serve(new NextRequest(origin + path, body === undefined ? init : { ...init, body }));
    for (const line of response.headers.getSetCookie()) keep(line);
    return response;
  }
  function postForm(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    return send(path, { method: "POST", body: String(new URLSearchParams(fields)), headers: { ...form, ...headers } });
  }
  function postJson(path: string, fields: object, headers: Record<string, string> = {}) {
    const json = { "content-type": "application/json" };
    return send(path, { method: "POST", body: JSON.stringify(fields), headers: { ...json, ...headers } });
  }
  /** Begins a sign-in at DingTalk and gives the state that it was bound to. */
  async function begin(way: "frame" | "redirect", returnTo = "/profile"): Promise<string> {
    const response = await postForm("/login/start", { way, returnTo });
    const url = way === "frame" ? (await response.json()).url : response.headers.get("location");
    return new URL(url).searchParams.get("state") ?? "";
  }
  async function csrfToken(): Promise<string> {
    return (await (await send("/api/auth/csrf")).json()).csrfToken;
  }
  /** DingTalk sends the browser back here. */
  function comeBack(way: "frame" | "redirect", query: Record<string, string>): Promise<Response> {
    const provider = way === "frame" ? "dingtalk-frame" : "dingtalk";
    return send(`/api/auth/callback/${provider}?${new URLSearchParams(query)}`);
  }
  async function openInside(code: string, headers: Record<string, string> = {}): Promise<Response> {
    const fields = { code, csrfToken: await csrfToken(), callbackUrl: "/profile" };
    return postJson("/api/auth/callback/dingtalk-silent", fields, headers);
  }
  return { jar, send, postForm, postJson, begin, csrfToken, comeBack, openInside };
}
