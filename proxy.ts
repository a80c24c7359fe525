import { type NextRequest, NextResponse } from "next/server";
import { env } from "./lib/env";
import { refuseAction } from "./lib/http/action-request";

/** Refuses calls of actions that Next cannot decode. Permission is checked in each page and action, not here. (S28, S34) */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const status = await refuseAction(request, env().NEXTAUTH_URL);
  if (!status) return NextResponse.next();
  return new NextResponse(null, { status, headers: { "cache-control": "no-store" } });
}

/** The two ways to call an action. For all other requests this is not run, because it takes a tenth of the time of a page. */
export const config = {
  matcher: [
    { source: "/((?!api/).*)", has: [{ type: "header", key: "next-action" }] },
    { source: "/((?!api/).*)", has: [{ type: "header", key: "content-type", value: "multipart/form-data.*" }] },
  ],
};
