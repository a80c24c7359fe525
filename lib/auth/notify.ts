import { type UserId } from "../dingtalk/identity";
import { env } from "../env";
import { type ClientInfo, describeDevice } from "../http/client-info";
import { currentWords } from "../i18n/current";
import { log } from "../log";
import { dingtalk } from "../services";

/** Sends a DingTalk work notification about a sign-in on a computer, so that a mistaken approval is noticed. Logs a failure. (S21) */
export async function notifySignIn(userId: UserId, client: ClientInfo): Promise<void> {
  const agentId = env().DINGTALK_AGENT_ID;
  if (agentId === null) return;
  try {
    const words = (await currentWords()).notification;
    const facts = { ...describeDevice(client.userAgent), ip: client.ip, at: new Date() };
    const link = { title: words.link, url: `${env().NEXTAUTH_URL}/sessions` };
    await dingtalk().sendWorkNotification({ agentId, userId, title: words.title, markdown: words.text(facts), link });
  } catch (error) {
    log().warn({ userId, err: error }, "sign-in notification not sent");
  }
}
