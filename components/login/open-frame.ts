import type { FrameEvent } from "./frame-machine";
import { report } from "./report";

/** A browser that has not reached DingTalk after this long is told so; so is one whose frame has drawn nothing. */
const reachMs = 6000;
const drawMs = 12_000;

type Opening = {
  loginOrigin: string;
  returnTo: string;
  show: (url: string | null) => void;
  send: (event: FrameEvent) => void;
};

/** Gets the frame's address and, meanwhile, a sign of life from DingTalk; returns how to call it off. */
export function openFrame({ loginOrigin, returnTo, show, send }: Opening): () => void {
  const stop = new AbortController();
  function fail() {
    if (stop.signal.aborted) return;
    send("unreachable");
    report({ phase: "frame", environment: "browser", error: "unreachable" });
  }
  const reaching = setTimeout(fail, reachMs);
  const drawing = setTimeout(() => send("unreachable"), drawMs);
  show(null);
  reachDingTalk(loginOrigin, stop.signal)
    .then(() => send("reached"), fail)
    .finally(() => clearTimeout(reaching));
  fetchAddress(returnTo, stop.signal).then((url) => (url ? show(url) : fail()), fail);
  return () => {
    clearTimeout(reaching);
    clearTimeout(drawing);
    stop.abort();
  };
}

/** The address of DingTalk's frame, bound to this browser by our server; null when there is none to be had. */
async function fetchAddress(returnTo: string, signal: AbortSignal): Promise<string | null> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ way: "frame", returnTo });
  const answer = await fetch("/login/start", { method: "POST", headers, body, signal });
  if (!answer.ok) return null;
  const { url }: { url?: unknown } = await answer.json();
  return typeof url === "string" ? url : null;
}

/**
 * Rejects when the browser cannot reach DingTalk: a frame never says so, it loads an error page and calls that success.
 * Asks for the page that the sign-in address leads to, because a redirect to another site would look like a failure.
 */
async function reachDingTalk(loginOrigin: string, signal: AbortSignal): Promise<void> {
  await fetch(`${loginOrigin}/oauth2/challenge.htm`, { mode: "no-cors", cache: "no-store", signal });
}
