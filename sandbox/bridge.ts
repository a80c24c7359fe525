import { browserFile, scriptJson } from "./browser";

type BridgeFailure = { errorCode: string | number; errorMessage: string };

/** How the client behaves. Without `codes`, `mintAt` and window.__ddMint, every call receives the same fake code. */
export type BridgeConfig = {
  mode: "android" | "ios" | "pc" | "harmony";
  /** Returned in order, the last one repeatedly. If a test exposes window.__ddMint, it takes precedence. */
  codes?: string[];
  /** A URL that returns {code} or {errorCode, errorMessage}. */
  mintAt?: string;
  /** Every request for a code fails with this. */
  fail?: BridgeFailure | null;
  /** The same, only for requests with this corpId. */
  failFor?: Record<string, BridgeFailure>;
  /** iOS only: the person cancels. */
  cancel?: boolean;
  /** The bridge appears after this delay and dispatches its ready event. */
  readyDelayMs?: number;
  /** DingTalk's user agent without a bridge: calls never return. */
  neverReady?: boolean;
  /** The bridge accepts calls and never answers. */
  silent?: boolean;
  answerDelayMs?: number;
  /** false: an old client that does not know requestAuthCodeV2. */
  supportV2?: boolean;
  userAgent?: string;
  hostOrigin?: string;
  hostVersion?: string;
  language?: string;
  containerId?: string;
};

/** A script for Playwright's addInitScript or for the head of a page. It records every call in window.__ddCalls. */
export function bridgeScript(config: BridgeConfig): string {
  const parts = [browserFile("bridge-native.js"), browserFile("bridge-clients.js")].join("\n");
  return `(() => {\nconst bridge = {};\n${parts}\nbridge.install(${scriptJson(config)});\n})();`;
}
