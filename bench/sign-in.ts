import { z } from "zod";
import { type SandboxClient } from "../sandbox/control-client";
import { type Browser, createBrowser, type Reply } from "./browser";
import { type Target } from "./targets";

export const methods = ["qr", "silent"] as const;
export type Method = (typeof methods)[number];

export type SignInOptions = {
  app: Target;
  method: Method;
  sandbox: SandboxClient;
  userid: string;
  /** The bare server stores no one, so it is told whether an app would know the employee. */
  isKnown?: boolean;
};

/** A sign-in without its last request, the one with DingTalk's code. `finish` sends it and returns the signed-in browser. */
export type PreparedSignIn = { finish: () => Promise<Browser> };

/** Sends the requests that the pages of the apps send. */
export async function prepareSignIn(options: SignInOptions): Promise<PreparedSignIn> {
  const { app, method, sandbox, userid } = options;
  const browser = createBrowser(app.url);
  const sendCode = await prepare(browser, options);
  const code = await sandbox.mintCode({ kind: method === "qr" ? "auth" : "silent", userid });
  return {
    async finish() {
      requireProfile(app, await sendCode(code));
      return browser;
    },
  };
}

export async function signIn(options: SignInOptions): Promise<Browser> {
  const { finish } = await prepareSignIn(options);
  return finish();
}

type SendCode = (code: string) => Promise<Reply>;

function prepare(browser: Browser, { app, method, isKnown = false }: SignInOptions): Promise<SendCode> | SendCode {
  if (app.name === "bare") return (code) => browser.get(`/${method}/${isKnown ? "known" : "first"}?code=${code}`);
  if (method === "silent") return prepareSilent(browser);
  return app.name === "ours" ? prepareOurQr(browser) : prepareBaselineQr(browser);
}

async function prepareOurQr(browser: Browser): Promise<SendCode> {
  const start = await browser.post("/login/start", { method: "frame", returnTo: "/profile" });
  return returnTo(browser, "/api/auth/callback/dingtalk", start);
}

async function prepareBaselineQr(browser: Browser): Promise<SendCode> {
  const body = { csrfToken: await fetchCsrfToken(browser), callbackUrl: "/profile", json: "true" };
  return returnTo(browser, "/api/auth/callback/dingtalk", await browser.post("/api/auth/signin/dingtalk", body));
}

/** The employee consents at DingTalk, and the browser returns with the OAuth state. */
function returnTo(browser: Browser, path: string, start: Reply): SendCode {
  const state = new URL(readUrl(start)).searchParams.get("state") ?? "";
  return (code) => browser.get(`${path}?${new URLSearchParams({ code, state })}`);
}

async function prepareSilent(browser: Browser): Promise<SendCode> {
  const csrfToken = await fetchCsrfToken(browser);
  const fields = { csrfToken, callbackUrl: "/profile", json: "true" };
  return (code) => browser.post("/api/auth/callback/dingtalk-silent", { ...fields, code });
}

async function fetchCsrfToken(browser: Browser): Promise<string> {
  const { text } = await browser.get("/api/auth/csrf");
  return z.object({ csrfToken: z.string() }).parse(JSON.parse(text)).csrfToken;
}

function readUrl({ text }: Reply): string {
  return z.object({ url: z.url() }).parse(JSON.parse(text)).url;
}

/** A refusal is fast and cheap. Measured as a sign-in, it would make the app look better than it is. */
function requireProfile({ name, url }: Target, reply: Reply): void {
  const { pathname, search } = new URL(reply.location ?? readUrl(reply), url);
  if (pathname !== "/profile")
    throw new Error(`${name} did not sign the employee in: ${reply.status} ${pathname}${search}`);
}
