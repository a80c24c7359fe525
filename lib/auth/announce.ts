import type { UserId } from "../dingtalk/identity";
import { env } from "../env";
import { currentWords } from "../i18n/current";
import { log } from "../log";
import { dingtalk } from "../services";
import type { Visit } from "../visit";
import { describeDevice } from "../visit";

/** Tells an employee in DingTalk that a computer was signed in, so that an approval given by mistake does not go unseen. Harmless when it fails. (S21) */
export async function announceSignIn(userId: UserId, visit: Visit): Promise<void> {
  const agentId = env().DINGTALK_AGENT_ID;
  if (agentId === null) return;
  try {
    const words = (await currentWords()).announcement;
    const facts = { ...describeDevice(visit.userAgent), ip: visit.ip, at: new Date() };
    const link = { title: words.link, url: `${env().NEXTAUTH_URL}/sessions` };
    await dingtalk().sendWorkNotification({ agentId, userId, title: words.title, markdown: words.text(facts), link });
  } catch (error) {
    log().warn({ userId, err: error }, "sign-in not announced");
  }
}
