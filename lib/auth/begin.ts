import { type NextRequest } from "next/server";
import { env } from "../env";
import { isFromElsewhere } from "../http/origin";
import { safeReturnTo } from "../http/return-to";
import { type Refusal } from "../refusals";
import { readBrowser } from "./browser";
import { readCall } from "./call";
import { type Browser } from "./providers";
import { refusalAddress, refuse } from "./refuse";
import { type Start, startSignIn } from "./start";

type Wish = { method: "frame" | "redirect"; returnTo: string; browser: Browser };

/** Answers a browser that wants to sign in at DingTalk: JSON with the frame's address, or for a form a redirect there. */
export async function beginSignIn(request: NextRequest): Promise<Response> {
  const { body = {}, cookies } = await readCall(request, []);
  const browser = await readBrowser(request.headers, cookies);
  const method = body.way === "frame" ? "frame" : "redirect";
  const wish: Wish = { method, browser, returnTo: safeReturnTo(body.returnTo) };
  if (isFromElsewhere(request.headers, env().NEXTAUTH_URL)) return turnAway(wish, "bad_request");
  try {
    return lead(method, await startSignIn({ ...wish, cookies }));
  } catch (cause) {
    return turnAway(wish, "unexpected", cause);
  }
}

function lead(method: Wish["method"], { url, setCookies }: Start): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  for (const line of setCookies) headers.append("set-cookie", line);
  if (method === "frame") return Response.json({ url }, { headers });
  headers.set("location", url);
  return new Response(null, { status: 303, headers });
}

async function turnAway({ method, browser, returnTo }: Wish, refusal: Refusal, cause?: unknown): Promise<Response> {
  const refused = await refuse({ ...browser, method, refusal, cause });
  if (method === "frame")
    return Response.json({ error: refused.refused, reference: refused.reference }, { status: 400 });
  return new Response(null, { status: 303, headers: { location: refusalAddress(refused, returnTo) } });
}
