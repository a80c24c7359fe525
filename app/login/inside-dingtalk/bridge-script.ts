import { createHash } from "node:crypto";
import text from "@/components/login/silent/bridge.ts?bundled";

type BridgeScript = { text: string; version: string; address: string };

let described: BridgeScript | undefined;

/** DingTalk's bridge as a script. Its address changes with its text, so that browsers can keep it. */
export function bridgeScript(): BridgeScript {
  described ??= describe();
  return described;
}

function describe(): BridgeScript {
  const version = createHash("sha256").update(text).digest("base64url").slice(0, 12);
  return { text, version, address: `/login/inside-dingtalk/bridge?v=${version}` };
}
