export type Version = "v2" | "v1";

export type App = { corpId: string; clientId: string };

export type Bridge = {
  /** Platform and version, for our log. */
  environment: string;
  /** Asks who is using this client. Rejects with whatever the client says, and may well never settle. */
  ask: (version: Version, app: App) => Promise<string>;
};

/**
 * Loads DingTalk's own package. It reads its surroundings while loading and throws outside a browser, so it is only ever
 * imported here, when it is needed. https://open.dingtalk.com/document/development/obtain-microapplication-authorization-code
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
    async ask(asked, { corpId, clientId }) {
      const { code } = await (asked === "v2" ? second.default({ corpId, clientId }) : first.default({ corpId }));
      return code;
    },
  };
}
