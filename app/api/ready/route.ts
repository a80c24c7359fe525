import { isReady } from "@/lib/boot";
import { eventState } from "@/lib/events/stream";
import { dingtalkCircuits } from "@/lib/services";

/**
 * Whether this process can serve: 200 when its database answers, 503 otherwise. The circuit breakers towards DingTalk and
 * the state of its events are only information, because open sessions work without them. (S32, S35)
 */
export async function GET(): Promise<Response> {
  const ready = await isReady();
  return Response.json(
    { status: ready ? "ok" : "unavailable", dingtalk: dingtalkCircuits(), events: eventState() },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
