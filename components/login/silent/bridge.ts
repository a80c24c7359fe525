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
 * Loads DingTalk's own package. It reads its environment while loading and throws outside a browser, so it is imported
 * only here and only on demand. https://open.dingtalk.com/document/development/obtain-microapplication-authorization-code
 */
export async function loadBridge(): Promise<Bridge> {
  const [core, second, first] = await Promise.all([
    import("dingtalk-jsapi/entry/union"),
    import("dingtalk-jsapi/api/union/requestAuthCode"),
    import("dingtalk-jsapi/api/runtime/permission/requestAuthCode"),
  ]);
  const { platform, version } = core.env;
  return {
    environment: `${platform} ${version ?? ""}`.trim(),
    async requestCode(requested, { corpId, clientId }) {
      const { code } = await (requested === "v2" ? second.default({ corpId, clientId }) : first.default({ corpId }));
      return code;
    },
  };
}
