import { type SilentEvent } from "./silent-machine";

export type BridgeFailure = { event: SilentEvent; error: string };

/** DingTalk sends these as numbers or as strings, depending on the client. Its own list: errorCode of requestAuthCode. */
const events: Record<string, SilentEvent> = {
  "-1": "cancelled",
  "1": "unknown-method",
  "3": "unregistered",
  "4040": "outside",
};

/** Reads whatever the bridge, or its package, rejected with. The text is for our log, never for the page. */
export function readBridgeFailure(reason: unknown): BridgeFailure {
  const code = errorCodeOf(reason);
  const text = `${code} ${textOf(reason)}`.replace(/[^\p{L}\p{N}.-]+/gu, " ");
  return { event: events[code] ?? "declined", error: text.trim().slice(0, 120) };
}

function errorCodeOf(reason: unknown): string {
  const code = fieldOf(reason, "errorCode");
  if (code !== undefined) return String(code);
  // The package itself throws plain errors, with its number in the message.
  return /ERROR (\d{4})\b/.exec(textOf(reason))?.[1] ?? "";
}

function textOf(reason: unknown): string {
  return String(fieldOf(reason, "errorMessage") ?? fieldOf(reason, "message") ?? "");
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
