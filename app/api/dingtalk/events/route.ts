import { answerPush } from "@/lib/events/callback";

/** DingTalk posts events here, where DINGTALK_EVENTS is http. */
export function POST(request: Request): Promise<Response> {
  return answerPush(request);
}
