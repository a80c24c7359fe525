import { startSignIn } from "@/lib/auth/start";

/** Begins a sign-in at DingTalk: a script gets the frame's address, a form is redirected. */
export function POST(request: Request): Promise<Response> {
  return startSignIn(request);
}
