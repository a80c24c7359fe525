import { type NextRequest, NextResponse } from "next/server";
import { contentPolicy } from "./lib/http/content-policy";

/** Gives every page its policy with a nonce of its own (S39), and its own path, which Next does not tell it. No guard: pages ask for themselves. (S28) */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentPolicy(btoa(crypto.randomUUID()));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Pictures lie at the top; deeper down an address that ends like one may be a page's, such as an employee's id. */
export const config = { matcher: ["/((?!api/|_next/static/|_next/image|[^/]+\\.(?:svg|png|ico)$).*)"] };
