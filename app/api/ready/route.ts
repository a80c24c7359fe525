import { isReady } from "@/lib/boot";
import { dingtalkCircuits } from "@/lib/services";

/**
 * Whether this process can serve: 200 when its database answers, 503 otherwise. The circuit breakers towards DingTalk are
 * only information, because open sessions work without it. (S32, S35)
 */
export async function GET(): Promise<Response> {
  const ready = await isReady();
  return Response.json(
    { status: ready ? "ok" : "unavailable", dingtalk: dingtalkCircuits() },
    { status: ready ? 200 : 503, headers: { "cache-control": "no-store" } },
  );
}
