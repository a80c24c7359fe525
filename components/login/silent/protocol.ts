import { readField } from "../answer";
import { type SilentEvent } from "./state";

export type BridgeFailure = { event: SilentEvent; error: string };

/** The place in the server's queue, and after how many seconds to ask again. */
export type Wait = { place: number; seconds: number };

const maxWaitSeconds = 60;

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

/** Reads how long the server asks to wait; null for any other answer. */
export function readWait(body: unknown): Wait | null {
  const wait = readField(body, "wait");
  if (typeof wait !== "object" || wait === null) return null;
  const seconds = Number(readField(wait, "seconds"));
  return { place: Number(readField(wait, "place")), seconds: Math.min(Math.max(seconds || 1, 1), maxWaitSeconds) };
}
