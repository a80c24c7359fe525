/**
 * The four bridge protocols that dingtalk-jsapi looks for. A bridge must exist before the scripts of the page run, or
 * dispatch its ready event later.
 */
bridge.install = function install(config) {
  if (config.userAgent) Object.defineProperty(navigator, "userAgent", { get: () => config.userAgent });
  const answer = bridge.createNativeSide(config);
  if (!config.neverReady) bridge.clients[config.mode](answer, config);
};

bridge.whenReady = function whenReady({ readyDelayMs }, eventName, create) {
  if (!readyDelayMs) return create();
  setTimeout(() => {
    create();
    document.dispatchEvent(new Event(eventName));
  }, readyDelayMs);
};

bridge.clients = {
  android(answer, config) {
    async function exec(onSuccess, onFail, ...[service, action, params]) {
      const { ok, body } = await answer(service ? `${service}.${action}` : action, params);
      (ok ? onSuccess : onFail)(body);
    }
    bridge.whenReady(config, "runtimeready", () => {
      window.nuva = { isReady: true, require: () => exec };
    });
  },

  ios(answer, config) {
    async function callHandler(name, params, done) {
      const { ok, body } = await answer(name, params);
      if (config.cancel) return done({ errorCode: "-1", errorMessage: "cancel" });
      if (ok) return done({ errorCode: "0", errorMessage: "", result: body });
      done({ errorCode: String(body.errorCode), errorMessage: body.errorMessage, result: {} });
    }
    bridge.whenReady(config, "WebViewJavascriptBridgeReady", () => {
      window.WebViewJavascriptBridge = { init() {}, registerHandler() {}, callHandler };
    });
  },

  harmony(answer, config) {
    async function call(name, params, done) {
      const { ok, body } = await answer(name, params);
      done({ success: ok, body });
    }
    bridge.whenReady(config, "DingTalkJSBridgeReady", () => {
      window.DingTalkJSBridge = { init() {}, call };
    });
  },

  /** dingtalk-jsapi posts to the host's origin. An ordinary browser drops that message, so postMessage is wrapped. */
  pc(answer, config) {
    if (window.top !== window) return;
    const { hostOrigin, hostVersion, language, containerId } = { ...pcHost, ...config };
    window.name = JSON.stringify({ hostOrigin, hostVersion, language, containerId });
    window.dingtalk = { platform: { invokeAPI() {} } };
    const post = window.postMessage.bind(window);
    window.postMessage = (message, ...rest) => {
      const isCall = message?.type === "request" && message.containerId === containerId && rest[0] === hostOrigin;
      return isCall ? void reply(bridge.plain(message)) : post(message, ...rest);
    };
    async function reply({ msgId, methodName, body: params }) {
      const { ok, body } = await answer(methodName, params);
      const data = { type: "response", msgId, success: ok, body };
      window.dispatchEvent(new MessageEvent("message", { data, origin: hostOrigin, source: window }));
    }
  },
};

const pcHost = {
  hostOrigin: "https://im.dingtalk.com",
  hostVersion: "7.6.45",
  language: "zh_CN",
  containerId: "sandbox-container-1",
};
