import { requestAuthCode$ as requestByVersion1 } from "dingtalk-jsapi/api/runtime/permission/requestAuthCode";
import { requestAuthCode$ as requestByVersion2 } from "dingtalk-jsapi/api/union/requestAuthCode";
import { env } from "dingtalk-jsapi/entry/union";

/** DingTalk's second and first version of the call for a silent code. */
export type CodeRequestVersion = "v2" | "v1";

export type DingTalkApp = { corpId: string; clientId: string };

export type Bridge = {
  /** Platform and version, for our log. */
  environment: string;
  /** Requests a silent code for the person who uses this client. Rejects with what the client answers; may never settle. */
  requestCode: (version: CodeRequestVersion, app: DingTalkApp) => Promise<string>;
};

/**
 * The bridge of DingTalk's own package, which reads its environment while it loads. This file becomes a script of its own, so
 * the page can say that it did not load. https://open.dingtalk.com/document/development/obtain-microapplication-authorization-code
 */
export const bridge: Bridge = {
  environment: `${env.platform} ${env.version ?? ""}`.trim(),
  async requestCode(version, { corpId, clientId }) {
    const request = version === "v2" ? requestByVersion2({ corpId, clientId }) : requestByVersion1({ corpId });
    return (await request).code;
  },
};
