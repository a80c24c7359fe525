import { watchOwnSession } from "@/lib/auth/ended-session";

/** Tells an open page of this browser that its session has ended. */
export async function GET(request: Request): Promise<Response> {
  return (
    (await watchOwnSession(request.signal)) ?? new Response(null, { status: 429, headers: { "retry-after": "60" } })
  );
}
