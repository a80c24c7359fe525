import { type Next } from "hono";
import { isSandboxPath, jsonResponse, nodeBindings, type SandboxBindings, type SandboxContext } from "./http";

/** One of DingTalk's hosts. The main port plays all three; with a port of its own, a host plays only itself. */
export type DingTalkHost = NonNullable<SandboxBindings["dingtalkHost"]>;

export const dingtalkHosts = ["api", "oapi", "login"] as const satisfies DingTalkHost[];

/** On the port of one host, refuses the paths of the others, so that exchanged addresses in a client's settings are noticed. */
export async function requireOwnPath(c: SandboxContext, next: Next): Promise<Response | undefined> {
  const host = nodeBindings(c).dingtalkHost;
  if (!host || isSandboxPath(c.req.path) || hostOfPath(c.req.path) === host) return void (await next());
  return unknownPath(host);
}

function hostOfPath(path: string): DingTalkHost {
  if (path.startsWith("/v1.0/")) return "api";
  return path.startsWith("/oauth2/") || path.startsWith("/login/") ? "login" : "oapi";
}

/** The api host was observed to respond with HTTP 200. The same of oapi, and the page of the login host, are assumptions. */
export function unknownPath(host: DingTalkHost): Response {
  if (host !== "login") return jsonResponse({ errcode: 404, errmsg: "请求的URI地址不存在" });
  return new Response("<h1>404 Not Found</h1>", {
    status: 404,
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
