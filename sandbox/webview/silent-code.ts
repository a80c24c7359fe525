import { mintCode } from "../identity/codes";
import { type Store } from "../store";
import { type Holder } from "./holder";

type BridgeAnswer = { code: string } | { errorCode: string | number; errorMessage: string };

/** What the native side says to requestAuthCode, with the failures that real clients were seen to give. */
export function answerBridge(store: Store, holder: Holder, asked: Record<string, unknown>): BridgeAnswer {
  const person = store.people.find(holder.userid);
  if (asked.corpId === "$CORPID$" || !/^ding[a-z0-9]+$/i.test(String(asked.corpId))) {
    return { errorCode: "3", errorMessage: "1002,corpId不合法" };
  }
  const isOurApp =
    asked.corpId === store.options.corpId && [undefined, store.options.clientId].includes(clientIdOf(asked));
  if (!person || !isOurApp || person.membership !== "member") return { errorCode: "3", errorMessage: noApp(asked) };
  return { code: mintCode(store, person, { kind: "silent" }) };
}

function clientIdOf(asked: Record<string, unknown>): string | undefined {
  return typeof asked.clientId === "string" ? asked.clientId : undefined;
}

function noApp(asked: Record<string, unknown>): string {
  const page = String(asked.pageUrl ?? "");
  return `对应企业没有${URL.canParse(page) ? new URL(page).hostname : ""}域名微应用`;
}
