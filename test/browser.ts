import { NextRequest, NextResponse } from "next/server";
import { Cookie, CookieJar } from "tough-cookie";
import { GET, POST } from "../app/api/auth/[...nextauth]/route";
import { POST as reportFailure } from "../app/api/client-reports/route";
import { POST as chooseLanguage } from "../app/language/route";
import { startSignIn } from "../lib/auth/start";
import { callbackPath } from "../lib/sign-in-method";
import { cookieChanges, setRequest } from "./next-headers";
import { goodSettings } from "./world";

const origin = goodSettings.NEXTAUTH_URL;
type RequestFields = { method?: "GET" | "POST" | "PUT"; body?: string; headers?: Record<string, string> };
type Handler = (request: NextRequest) => Promise<Response>;

/** Calls a route handler as Next does: the request is what next/headers reads, and cookies set there join the response. */
export async function serve(request: NextRequest, handler: Handler): Promise<Response> {
  const cookies = Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value]));
  setRequest({ headers: request.headers, cookies });
  const response = await handler(request);
  const served = new NextResponse(response.body, response);
  for (const { name, value, options } of cookieChanges) served.cookies.set(name, value, options);
  return served;
}

const handlers: Partial<Record<string, Handler>> = {
  "/api/client-reports": reportFailure,
  "/language": chooseLanguage,
  "/login/start": startSignIn,
};

/** Passes a request to the route handler of its path. */
function route(request: NextRequest): Promise<Response> {
  const { pathname } = request.nextUrl;
  const handler = handlers[pathname];
  if (handler) return handler(request);
  const context = { params: Promise.resolve({ nextauth: pathname.split("/").slice(3) }) };
  return request.method === "GET" ? GET(request, context) : POST(request, context);
}

function createJar() {
  const store = new CookieJar(undefined, { prefixSecurity: "strict" });
  const list = () => store.getCookiesSync(origin);
  return {
    header: () => store.getCookieStringSync(origin),
    receive: (line: string) => void store.setCookieSync(line, origin),
    get: (name: string) => list().find(({ key }) => key === name)?.value,
    has: (name: string) => list().some(({ key }) => key === name),
    names: () => list().map(({ key }) => key),
    entries: () => list().map(({ key, value }): [string, string] => [key, value]),
    set: (key: string, value: string) =>
      void store.setCookieSync(new Cookie({ key, value, path: "/", secure: true }), origin),
    clear: () => store.removeAllCookiesSync(),
  };
}

/** A browser as a sign-in sees it: it has a cookie jar, and its POST requests carry the Origin header. */
export function createBrowser() {
  const jar = createJar();

  async function send(path: string, { method = "GET", body, headers = {} }: RequestFields = {}): Promise<Response> {
    const sameOrigin: Record<string, string> = method === "GET" ? {} : { origin, "sec-fetch-site": "same-origin" };
    const init = { method, headers: { cookie: jar.header(), "user-agent": "a browser", ...sameOrigin, ...headers } };
    const request = new NextRequest(origin + path, body === undefined ? init : { ...init, body });
    const response = await serve(request, route);
    for (const line of response.headers.getSetCookie()) jar.receive(line);
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
  /** Starts a sign-in with DingTalk and returns its OAuth state. */
  async function begin(method: "frame" | "redirect", returnTo = "/profile"): Promise<string> {
    const response = await postForm("/login/start", { method, returnTo });
    const url = method === "frame" ? (await response.json()).url : response.headers.get("location");
    return new URL(url).searchParams.get("state") ?? "";
  }
  async function csrfToken(): Promise<string> {
    return (await (await send("/api/auth/csrf")).json()).csrfToken;
  }
  /** Follows DingTalk's redirect back to the app. */
  function returnFromDingTalk(query: Record<string, string>): Promise<Response> {
    return send(`${callbackPath("redirect")}?${new URLSearchParams(query)}`);
  }
  async function signInSilently(code: string, headers: Record<string, string> = {}): Promise<Response> {
    const fields = { code, csrfToken: await csrfToken(), callbackUrl: "/profile" };
    return postJson(callbackPath("silent"), fields, headers);
  }
  return { jar, send, postForm, postJson, begin, csrfToken, returnFromDingTalk, signInSilently };
}
