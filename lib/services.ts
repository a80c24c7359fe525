import { countCall } from "./calls/count";
import { createDingTalk, type DingTalk } from "./dingtalk/client";
import { type CorpId } from "./dingtalk/identity";
import { env } from "./env";
import { log } from "./log";
import { singleton } from "./singleton";

/** The process's one DingTalk client: it holds the corp token, so there must not be two. */
export const dingtalk = singleton("dingtalk", openDingTalk);

/** The company this installation belongs to. */
export function ownCorpId(): CorpId {
  return env().DINGTALK_CORP_ID;
}

/** What the circuit breakers know of DingTalk's two API hosts. */
export function dingtalkCircuits(): ReturnType<DingTalk["circuits"]> {
  return dingtalk().circuits();
}

/**
 * Whether a sign-in at DingTalk's login page would fail now. It needs both hosts: api exchanges the auth code, oapi confirms
 * the employee. The login host is left out: only browsers call it, and the frame notices by itself when it does not open.
 */
export function isDingTalkDown(): boolean {
  return Object.values(dingtalkCircuits()).includes("open");
}

function openDingTalk(): DingTalk {
  const settings = env();
  return createDingTalk({
    apiUrl: settings.DINGTALK_API_URL,
    oapiUrl: settings.DINGTALK_OAPI_URL,
    clientId: settings.DINGTALK_CLIENT_ID,
    clientSecret: settings.DINGTALK_CLIENT_SECRET,
    corpId: ownCorpId(),
    employeeApi: settings.DINGTALK_EMPLOYEE_API,
    corpTokenApi: settings.DINGTALK_CORP_TOKEN_API,
    callsPerSecond: settings.DINGTALK_MAX_QPS,
    onCall(call) {
      log().debug(call, "dingtalk call");
      countCall(call);
    },
    onCircuit: (change) => log().warn(change, "dingtalk circuit breaker"),
  });
}

export type Brand = { name: string; logo: string | null };

/** The name and the logo that the pages show. */
export function brand(): Brand {
  const { BRAND_NAME, BRAND_LOGO } = env();
  return { name: BRAND_NAME, logo: BRAND_LOGO };
}
