import { type NextRequest } from "next/server";
import { env } from "../env";
import { isFromElsewhere } from "../http/origin";
import { type SignInMethod } from "../sign-in-method";
import { readBrowser } from "./browser";
import { readCall, toResponse } from "./call";
import { answerOAuth, answerPost, turnAway } from "./callback";
import { askNextAuth } from "./next-auth";

const waysIn = new Map<string | undefined, SignInMethod>([
  ["dingtalk", "redirect"],
  ["dingtalk-frame", "frame"],
  ["dingtalk-silent", "silent"],
  ["dingtalk-ticket", "ticket"],
]);

/** next-auth has one more, `_log`, which would let any stranger write into ours. (S37) */
const actions = ["csrf", "session", "providers", "signin", "signout", "callback", "error"];

/** Answers every request to next-auth's addresses, with the checks that it leaves to us before and its refusals in our words. */
export async function handleAuth(request: NextRequest, action: string[]): Promise<Response> {
  if (!actions.includes(action[0] ?? "")) return new Response(null, { status: 404 });
  const call = await readCall(request, action);
  const browser = await readBrowser(request.headers, call.cookies);
  const method = action[0] === "callback" ? waysIn.get(action[1]) : undefined;
  if (method && request.method !== methodOf(method))
    return new Response(null, { status: 405, headers: { allow: methodOf(method) } });
  if (request.method === "POST" && isFromElsewhere(request.headers, env().NEXTAUTH_URL)) {
    return turnAway({ call, browser, method: method ?? "redirect" }, "bad_request");
  }
  if (method && isPosted(method)) return answerPost({ call, browser, method }, request.headers.get("content-type"));
  if (method) return answerOAuth({ call, browser, method });
  return toResponse(await askNextAuth(call, browser), call.cookies);
}

/** An auth code arrives in DingTalk's redirect, a silent code or a ticket only in our own page's POST. (S4) */
function methodOf(method: SignInMethod): "GET" | "POST" {
  return isPosted(method) ? "POST" : "GET";
}

function isPosted(method: SignInMethod): boolean {
  return method === "silent" || method === "ticket";
}
