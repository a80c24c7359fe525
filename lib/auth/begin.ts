import type { NextRequest } from "next/server";
import { env } from "../env";
import { readBrowser } from "./browser";
import { readCall } from "./call";
import { isFromElsewhere } from "./origin";
import type { Browser } from "./providers";
import type { Refusal } from "./refusals";
import { refusalAddress, refuse } from "./refuse";
import { safeReturnTo } from "./return-to";
import type { Start } from "./start";
import { startSignIn } from "./start";

type Wish = { wayIn: "frame" | "redirect"; returnTo: string; browser: Browser };

/** Answers a browser that wants to sign in at DingTalk: JSON with the frame's address, or for a form a redirect there. */
export async function beginSignIn(request: NextRequest): Promise<Response> {
  const { body = {}, cookies } = await readCall(request, []);
  const browser = await readBrowser(request.headers, cookies);
  const wayIn = body.way === "frame" ? "frame" : "redirect";
  const wish: Wish = { wayIn, browser, returnTo: safeReturnTo(body.returnTo) };
  if (isFromElsewhere(request.headers, env().NEXTAUTH_URL)) return turnAway(wish, "bad_request");
  try {
    return lead(wayIn, await startSignIn({ ...wish, cookies }));
  } catch (cause) {
    return turnAway(wish, "unexpected", cause);
  }
}

function lead(wayIn: Wish["wayIn"], { url, setCookies }: Start): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const line of setCookies) headers.append("set-cookie", line);
  if (wayIn === "frame") return Response.json({ url }, { headers });
  headers.set("location", url);
  return new Response(null, { status: 303, headers });
}

async function turnAway({ wayIn, browser, returnTo }: Wish, refusal: Refusal, cause?: unknown): Promise<Response> {
  const refused = await refuse({ ...browser, wayIn, refusal, cause });
  if (wayIn === "frame")
    return Response.json({ error: refused.refused, reference: refused.reference }, { status: 400 });
  return new Response(null, { status: 303, headers: { location: refusalAddress(refused, returnTo) } });
}
