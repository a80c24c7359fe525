import { readField } from "../fields";
import { type SilentEvent } from "./state";

export type BridgeFailure = { event: SilentEvent; error: string };

/**
 * What DingTalk's codes mean here; any other code means that it declined. Some clients send them as numbers, some as strings.
 * The codes are the `errorCode` of DingTalk's own requestAuthCode.
 */
const events: Partial<Record<string, SilentEvent>> = {
  "-1": "cancelled",
  "1": "unknown-method",
  "3": "unregistered",
  "4040": "outside",
};

/** Reads what the bridge, or DingTalk's package, rejected with. The text is for our log and is never shown. */
export function readBridgeFailure(reason: unknown): BridgeFailure {
  const message = String(readField(reason, "errorMessage") ?? readField(reason, "message") ?? "");
  const code = readErrorCode(reason, message);
  const error = `${code} ${message}`.replace(/[^\p{L}\p{N}.-]+/gu, " ");
  return { event: events[code] ?? "declined", error: error.trim().slice(0, 120) };
}

function readErrorCode(reason: unknown, message: string): string {
  const code = readField(reason, "errorCode");
  if (code !== undefined) return String(code);
  // The package itself throws plain errors, with its code in the message.
  return /ERROR (\d{4})\b/.exec(message)?.[1] ?? "";
}
