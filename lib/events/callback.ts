import { z } from "zod";
import { type CallbackKeys, openPush, type PushRefusal, sealAnswer } from "../dingtalk/callback";
import { checkUrl, readCallbackEvent } from "../dingtalk/event";
import { env } from "../env";
import { parseJson, readShortBody } from "../http/body";
import { networkOf, readClientInfo } from "../http/client-info";
import { exceedsLimit, tooManyRequests } from "../http/rate-limits";
import { log } from "../log";
import { receiveEvent } from "./work";

/** DingTalk's largest events name some hundred people. */
const maxBytes = 256 * 1024;

const bodySchema = z.object({ encrypt: z.string() });

/**
 * Answers a push of DingTalk: 200 when it is genuine and its event is stored, so that DingTalk sends no other one. The work
 * follows the answer, which DingTalk awaits for 1.5 seconds. Anyone can post here, so that what is refused is counted by
 * address, and changes nothing. (S41, S42)
 */
export async function answerPush(request: Request): Promise<Response> {
  const keys = callbackKeys();
  if (!keys) return new Response(null, { status: 404 });
  const body = bodySchema.safeParse(parseJson(await readShortBody(request, maxBytes)));
  if (!body.success) return refuse(request, "body");
  const { searchParams } = new URL(request.url);
  const given = (name: string) => searchParams.get(name) ?? "";
  // Older pushes have only the first name, newer ones both.
  const signature = given("signature") || given("msg_signature");
  const push = { signature, timestamp: given("timestamp"), nonce: given("nonce"), encrypt: body.data.encrypt };
  const opened = openPush(keys, push, Date.now());
  if ("refused" in opened) return refuse(request, opened.refused);
  const event = readCallbackEvent(opened.message);
  if (event && "id" in event) await receiveEvent(event);
  else if (event?.type !== checkUrl) log().debug({ type: event?.type }, "push without an event");
  return Response.json(sealAnswer(keys, Date.now()), { headers: { "cache-control": "no-store" } });
}

/** DingTalk's console names the client id as owner, a registration by API the company. Null unless events come this way. */
function callbackKeys(): CallbackKeys | null {
  const { DINGTALK_EVENTS, DINGTALK_EVENT_TOKEN: token, DINGTALK_EVENT_AES_KEY: aesKey } = env();
  if (DINGTALK_EVENTS !== "http" || token === null || aesKey === null) return null;
  return { token, aesKey, owners: [env().DINGTALK_CLIENT_ID, env().DINGTALK_CORP_ID] };
}

async function refuse(request: Request, cause: PushRefusal | "body"): Promise<Response> {
  const client = readClientInfo(request.headers, env().TRUSTED_PROXY_COUNT);
  const seconds = await exceedsLimit(["refused push by ip", networkOf(client)]);
  if (seconds !== null) return tooManyRequests(seconds);
  log().warn({ cause, ip: client.ip }, "push of an event refused");
  return new Response(null, { status: 403, headers: { "cache-control": "no-store" } });
}
