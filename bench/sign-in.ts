import { z } from "zod";
import { type SandboxClient } from "../sandbox/control-client";
import { type Browser, createBrowser, type Reply } from "./browser";
import { type Contestant, type Name } from "./contestants";

export const ways = ["qr", "silent"] as const;
export type Way = (typeof ways)[number];

export type Attempt = { app: Contestant; way: Way; sandbox: SandboxClient; userid: string };

/** A sign-in up to its last request, the one that carries DingTalk's code; `finish` sends that and answers who came in. */
export type Begun = { finish: () => Promise<Browser> };

/** Does what the pages of the two apps do, by the same requests. */
export async function beginSignIn({ app, way, sandbox, userid }: Attempt): Promise<Begun> {
  const browser = createBrowser(app.url);
  const kind = way === "qr" ? "auth" : "silent";
  const send = way === "qr" ? await beginQr[app.name](browser) : await beginSilent(browser);
  const code = await sandbox.mintCode({ kind, userid });
  return {
    async finish() {
      requireWelcome(app, await send(code));
      return browser;
    },
  };
}

export async function signIn(attempt: Attempt): Promise<Browser> {
  const { finish } = await beginSignIn(attempt);
  return finish();
}

type Send = (code: string) => Promise<Reply>;

const beginQr: Record<Name, (browser: Browser) => Promise<Send>> = {
  async ours(browser) {
    const begun = await browser.post("/login/start", { method: "frame", returnTo: "/profile" });
    return backTo(browser, "/api/auth/callback/dingtalk", begun);
  },
  async baseline(browser) {
    const body = { csrfToken: await fetchCsrfToken(browser), callbackUrl: "/profile", json: "true" };
    return backTo(browser, "/api/auth/callback/dingtalk", await browser.post("/api/auth/signin/dingtalk", body));
  },
};

/** The person has agreed at DingTalk: their browser returns with the state it was given. */
function backTo(browser: Browser, path: string, begun: Reply): Send {
  const state = new URL(addressIn(begun)).searchParams.get("state") ?? "";
  return (code) => browser.get(`${path}?${new URLSearchParams({ code, state })}`);
}

async function beginSilent(browser: Browser): Promise<Send> {
  const csrfToken = await fetchCsrfToken(browser);
  const fields = { csrfToken, callbackUrl: "/profile", json: "true" };
  return (code) => browser.post("/api/auth/callback/dingtalk-silent", { ...fields, code });
}

async function fetchCsrfToken(browser: Browser): Promise<string> {
  const { text } = await browser.get("/api/auth/csrf");
  return z.object({ csrfToken: z.string() }).parse(JSON.parse(text)).csrfToken;
}

function addressIn({ text }: Reply): string {
  return z.object({ url: z.url() }).parse(JSON.parse(text)).url;
}

/** A refusal is quick and cheap: measured as a sign-in it would flatter whoever refuses. */
function requireWelcome({ name, url }: Contestant, reply: Reply): void {
  const { pathname, search } = new URL(reply.location ?? addressIn(reply), url);
  if (pathname !== "/profile")
    throw new Error(`${name} did not let the employee in: ${reply.status} ${pathname}${search}`);
}
