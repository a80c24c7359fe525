import { browserFile, scriptJson } from "./browser";

type Failure = { errorCode: string | number; errorMessage: string };

/** How the client behaves. Without codes and without a mint, every call gets the same made-up code. */
export type BridgeConfig = {
  mode: "android" | "ios" | "pc" | "harmony";
  /** Handed out in order; the last one repeats. window.__ddMint, when a test exposes it, goes first. */
  codes?: string[];
  /** An address that answers {code} or {errorCode, errorMessage}. */
  mintAt?: string;
  /** Every call for a code fails with this. */
  fail?: Failure | null;
  /** The same, for the calls that name this corpId. */
  failFor?: Record<string, Failure>;
  /** iOS only: answers as if the person had cancelled. */
  cancel?: boolean;
  /** The bridge appears late and announces itself. */
  readyDelayMs?: number;
  /** DingTalk's user agent without a bridge: calls hang for ever. */
  neverReady?: boolean;
  /** Takes calls and never answers. */
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

/** A script for Playwright's addInitScript, or for the head of a page. What crosses the bridge is listed in window.__ddCalls. */
export function bridgeScript(config: BridgeConfig): string {
  const parts = [browserFile("bridge-desk.js"), browserFile("bridge-clients.js")].join("\n");
  return `(() => {\nconst bridge = {};\n${parts}\nbridge.install(${scriptJson(config)});\n})();`;
}
