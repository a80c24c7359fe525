import { env } from "../env";
import { type SignInMethod } from "../sign-in-method";
import { addressOf, ownSetCookies } from "./call";
import { askNextAuth } from "./next-auth";
import { type Browser } from "./providers";

export type Start = { url: string; setCookies: string[] };

/**
 * Begins a sign-in at DingTalk for this browser: the address to go to, and the cookies that bind its state to the browser.
 * Throws when next-auth gives no address, which only a broken configuration makes it do.
 */
export async function startSignIn({ method, returnTo, cookies, browser }: Beginning): Promise<Start> {
  const csrf = await askNextAuth({ action: ["csrf"], method: "GET", cookies }, browser);
  const jar = { ...cookies, ...readSetCookies(csrf.setCookies) };
  const body = { ...Object(csrf.body), callbackUrl: env().NEXTAUTH_URL + returnTo, json: "true" };
  const provider = method === "frame" ? "dingtalk-frame" : "dingtalk";
  const begun = await askNextAuth({ action: ["signin", provider], method: "POST", cookies: jar, body }, browser);
  const url = addressOf(begun);
  if (!url?.startsWith(`${env().DINGTALK_LOGIN_URL}/`)) throw new Error("next-auth gave no address to sign in at");
  return { url, setCookies: [...csrf.setCookies, ...ownSetCookies(begun, cookies)] };
}

type Beginning = {
  method: Extract<SignInMethod, "frame" | "redirect">;
  returnTo: string;
  cookies: Record<string, string>;
  browser: Browser;
};

function readSetCookies(lines: string[]): Record<string, string> {
  const pairs = lines.map((line) => /^([^=]+)=([^;]*)/.exec(line)).filter((match) => match !== null);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, decodeURIComponent(value)]));
}
