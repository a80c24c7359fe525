import { type NextRequest, NextResponse } from "next/server";
import { env } from "./lib/env";
import { refuseAction } from "./lib/http/action-request";
import { contentPolicy } from "./lib/http/content-policy";

/**
 * Adds a content security policy with a new nonce (S39), and the path of the request, which Next does not pass to pages.
 * Refuses calls of actions that Next cannot decode. Permission is checked in each page, not here. (S28)
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const refused = await refuseAction(request, env().NEXTAUTH_URL);
  if (refused) return new NextResponse(null, { status: refused, headers: { "cache-control": "no-store" } });
  const policy = contentPolicy(btoa(crypto.randomUUID()));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Images are served from the top level only: a deeper path that ends like an image may be a page, such as an employee's. */
export const config = { matcher: ["/((?!api/|_next/static/|_next/image|[^/]+\\.(?:svg|png|ico)$).*)"] };
