import { type FrameEvent } from "./frame-machine";
import { readFrameMessage } from "./frame-message";
import { report } from "./report";

type Hearing = { url: string; frame: { current: HTMLIFrameElement | null }; send: (event: FrameEvent) => void };

/** Waits for the frame's one answer and goes on with it; returns how to stop listening. */
export function hearFrame({ url, frame, send }: Hearing): () => void {
  const { origin, searchParams } = new URL(url);
  const state = searchParams.get("state") ?? "";
  function hear(message: MessageEvent<unknown>) {
    const answer = readFrameMessage(message, { origin, source: frame.current?.contentWindow ?? null, state });
    if (!answer) return;
    stop();
    send(answer.kind);
    if (answer.kind === "returned") location.replace(`/api/auth/callback/dingtalk-frame?${answer.query}`);
    else report({ phase: "frame", environment: "browser", error: answer.error || answer.kind });
  }
  function stop() {
    window.removeEventListener("message", hear);
  }
  window.addEventListener("message", hear);
  return stop;
}
