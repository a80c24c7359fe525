import { hashSecret } from "../secrets";
import { type Ending, findEnding, watchSession } from "../sessions/watch";
import { currentSessionId } from "./viewer";

/** The event stream of this browser's session; null when the browser has too many of them. */
export async function watchOwnSession(signal: AbortSignal): Promise<Response | null> {
  return watchSession(await currentSessionId(), signal);
}

/** What became of this browser's session: `live`, when and why it ended, or null when the browser has none. */
export async function findOwnEnding(): Promise<Ending | "live" | null> {
  const sessionId = await currentSessionId();
  return sessionId === null ? null : ((await findEnding(hashSecret(sessionId))) ?? "live");
}
