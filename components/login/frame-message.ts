/** What DingTalk's frame told us: where to go on to, or that it did not work. */
export type FrameAnswer = { kind: "returned"; query: string } | { kind: "outsider" | "refused"; error: string };

/** The parts of a message that are looked at; `data` is anything at all. */
export type FrameMessage = { origin: string; source: unknown; data: unknown };

export type Expected = { origin: string; source: unknown; state: string };

/** DingTalk's number for "you are not in this organisation". */
const outsiderCode = "11055";

/**
 * Reads an answer of DingTalk's frame; null for every message that is not one. Extensions and other frames post messages
 * too, so origin and source must be exactly the frame's, and the state the one this frame was opened with.
 * https://open.dingtalk.com/document/development/tutorial-obtaining-user-personal-information
 */
export function readFrameMessage(message: FrameMessage, expected: Expected): FrameAnswer | null {
  const { origin, source, data } = message;
  if (origin !== expected.origin || source !== expected.source || source === null) return null;
  if (typeof data !== "object" || data === null) return null;
  const success = field(data, "success");
  if (success === true) return readReturn(field(data, "redirectUrl"), expected.state);
  return success === false ? readFailure(String(field(data, "errorCode") ?? "")) : null;
}

function readReturn(redirectUrl: unknown, state: string): FrameAnswer | null {
  if (typeof redirectUrl !== "string" || !URL.canParse(redirectUrl)) return null;
  const returned = new URL(redirectUrl).searchParams;
  if (state === "" || returned.get("state") !== state) return null;
  const code = returned.get("authCode") || returned.get("code");
  const error = returned.get("error");
  if (!code && !error) return null;
  return {
    kind: "returned",
    query: new URLSearchParams(code ? { code, state } : { error: error ?? "", state }).toString(),
  };
}

/** The vendor's text is not for our page: it is in one language, and says nothing about what to do. */
function readFailure(errorCode: string): FrameAnswer {
  const error = errorCode.replace(/\W/g, "").slice(0, 20);
  return { kind: errorCode === outsiderCode ? "outsider" : "refused", error };
}

function field(data: object, name: string): unknown {
  return Reflect.get(data, name);
}
