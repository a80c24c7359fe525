/**
 * The four shapes of the bridge, as dingtalk-jsapi looks for them. They have to be there before any script of the page runs,
 * or to announce themselves when they come late.
 */
bridge.install = function install(config) {
  if (config.userAgent) Object.defineProperty(navigator, "userAgent", { get: () => config.userAgent });
  const answer = bridge.createDesk(config);
  if (!config.neverReady) bridge.clients[config.mode](answer, config);
};

bridge.whenReady = function whenReady({ readyDelayMs }, announcement, put) {
  if (!readyDelayMs) return put();
  setTimeout(() => {
    put();
    document.dispatchEvent(new Event(announcement));
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

  /** The package posts to a host origin, which an ordinary browser drops where no such host frames the page: hence the hook. */
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
