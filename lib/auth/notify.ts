import { type UserId } from "../dingtalk/identity";
import { env } from "../env";
import { type ClientInfo, describeDevice } from "../http/client-info";
import { currentWords } from "../i18n/current";
import { fill } from "../i18n/fill";
import { formatsFor } from "../i18n/format";
import { type Words } from "../i18n/words";
import { log } from "../log";
import { dingtalk } from "../services";

type SignIn = { userId: UserId; client: ClientInfo; isNewDevice: boolean };

/**
 * Sends a DingTalk work notification about a sign-in on a computer, so that a mistaken approval is noticed. Logs a failure. (S21)
 * DingTalk meters these messages, so by default only a new device causes one.
 */
export async function notifySignIn({ userId, client, isNewDevice }: SignIn): Promise<void> {
  const { DINGTALK_AGENT_ID: agentId, NOTIFY_SIGN_IN } = env();
  const isWanted = NOTIFY_SIGN_IN === "always" || (NOTIFY_SIGN_IN === "new" && isNewDevice);
  if (agentId === null || !isWanted) return;
  try {
    const words = await currentWords();
    const { title, link } = words.notification;
    await dingtalk().sendWorkNotification({
      agentId,
      userId,
      title,
      markdown: describeSignIn(words, client),
      link: { title: link, url: `${env().NEXTAUTH_URL}/sessions` },
    });
  } catch (error) {
    log().warn({ userId, err: error }, "sign-in notification not sent");
  }
}

function describeSignIn(words: Words, { userAgent, ip }: ClientInfo): string {
  const { device, aDevice, time, network, advice } = words.notification;
  const { browser, system } = describeDevice(userAgent);
  const lines = [
    `### ${fill(device, { device: [browser, system].filter(Boolean).join(" · ") || aDevice })}`,
    `- ${fill(time, { time: formatsFor(words).exact(new Date()) })}`,
    ip && `- ${fill(network, { ip })}`,
    advice,
  ];
  return lines.filter(Boolean).join("\n\n");
}
