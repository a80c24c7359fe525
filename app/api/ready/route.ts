import { isReady } from "@/lib/boot";

/** Whether this process can serve: 200 when its database answers, 503 otherwise. */
export async function GET(): Promise<Response> {
  const ready = await isReady();
  return Response.json(
    { status: ready ? "ok" : "unavailable" },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
