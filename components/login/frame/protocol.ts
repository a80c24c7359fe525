import { readField } from "../answer";

/** What DingTalk's frame answered: the query to return to our server with, or a failure. */
export type FrameAnswer = { kind: "returned"; query: string } | { kind: "outsider" | "refused"; error: string };

/** The parts of a message that are checked; `data` can be anything. */
export type FrameMessage = { origin: string; source: unknown; data: unknown };

/** What a message must match: the frame's origin and window, and the OAuth state it was opened with. */
export type ExpectedMessage = { origin: string; source: unknown; state: string };

/** DingTalk's code for an account outside the organisation. */
const outsiderCode = "11055";

/**
 * Reads an answer of DingTalk's frame; null for any other message. Extensions and other frames post messages too, so origin,
 * source and state must match exactly. (S1, S22)
 * https://open.dingtalk.com/document/development/tutorial-obtaining-user-personal-information
 */
export function readFrameMessage(message: FrameMessage, expected: ExpectedMessage): FrameAnswer | null {
  const { origin, source, data } = message;
  if (origin !== expected.origin || source !== expected.source || source === null) return null;
  const success = readField(data, "success");
  if (success === true) return readReturn(readField(data, "redirectUrl"), expected.state);
  return success === false ? readFailure(String(readField(data, "errorCode") ?? "")) : null;
}

function readReturn(redirectUrl: unknown, state: string): FrameAnswer | null {
  if (typeof redirectUrl !== "string" || !URL.canParse(redirectUrl)) return null;
  const returned = new URL(redirectUrl).searchParams;
  if (state === "" || returned.get("state") !== state) return null;
  const code = returned.get("authCode") || returned.get("code");
  const error = returned.get("error");
  if (!code && !error) return null;
  const query = new URLSearchParams(code ? { code, state } : { error: error ?? "", state });
  return { kind: "returned", query: query.toString() };
}

/** DingTalk's text is not shown: it exists in one language and does not say what to do. */
function readFailure(errorCode: string): FrameAnswer {
  const error = errorCode.replace(/\W/g, "").slice(0, 20);
  return { kind: errorCode === outsiderCode ? "outsider" : "refused", error };
}
