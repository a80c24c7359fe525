import type { NextRequest } from "next/server";
import { env } from "../env";
import type { WayIn } from "../sessions/way-in";
import { readBrowser } from "./browser";
import { readCall, toResponse } from "./call";
import { answerOAuth, answerPost, turnAway } from "./callback";
import { askNextAuth } from "./next-auth";
import { isFromElsewhere } from "./origin";

const waysIn = new Map<string | undefined, WayIn>([
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
  const wayIn = action[0] === "callback" ? waysIn.get(action[1]) : undefined;
  if (wayIn && request.method !== methodOf(wayIn))
    return new Response(null, { status: 405, headers: { allow: methodOf(wayIn) } });
  if (request.method === "POST" && isFromElsewhere(request.headers, env().NEXTAUTH_URL)) {
    return turnAway({ call, browser, wayIn: wayIn ?? "redirect" }, "bad_request");
  }
  if (wayIn && isPosted(wayIn)) return answerPost({ call, browser, wayIn }, request.headers.get("content-type"));
  if (wayIn) return answerOAuth({ call, browser, wayIn });
  return toResponse(await askNextAuth(call, browser), call.cookies);
}

/** An auth code arrives in DingTalk's redirect, a silent code or a ticket only in our own page's POST. (S4) */
function methodOf(wayIn: WayIn): "GET" | "POST" {
  return isPosted(wayIn) ? "POST" : "GET";
}

function isPosted(wayIn: WayIn): boolean {
  return wayIn === "silent" || wayIn === "ticket";
}
