import { type NextRequest } from "next/server";
import { beginSignIn } from "@/lib/auth/begin";

/** Begins a sign-in at DingTalk: a script gets the frame's address, a form is sent there. */
export function POST(request: NextRequest): Promise<Response> {
  return beginSignIn(request);
}
