import { type FrameEvent } from "./frame-machine";

/** A browser that cannot reach DingTalk in this time is told so; so is one whose frame has drawn nothing by the second. */
const reachMs = 6000;
const drawMs = 12_000;

type Opening = {
  returnTo: string;
  show: (url: string | null) => void;
  send: (event: FrameEvent) => void;
};

/** Gets the frame's address, shows it and asks DingTalk for a sign of life; returns how to call it off. */
export function openFrame({ returnTo, show, send }: Opening): () => void {
  const stop = new AbortController();
  const drawing = setTimeout(fail, drawMs);
  function fail() {
    if (stop.signal.aborted) return;
    clearTimeout(drawing);
    send("unreachable");
  }
  async function open() {
    show(null);
    const url = await fetchAddress(returnTo, stop.signal);
    show(url);
    await reachDingTalk(url, stop.signal);
    send("reached");
  }
  open().catch(fail);
  return () => {
    clearTimeout(drawing);
    stop.abort();
  };
}

/** The address of DingTalk's frame, bound to this browser by our server. */
async function fetchAddress(returnTo: string, signal: AbortSignal): Promise<string> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ way: "frame", returnTo });
  const answer = await fetch("/login/start", { method: "POST", headers, body, signal });
  const { url }: { url?: unknown } = await answer.json();
  if (!answer.ok || typeof url !== "string") throw new Error("no frame to be had");
  return url;
}

/**
 * Rejects when the browser cannot reach DingTalk: a frame never says so, it loads an error page and calls that success. Asks
 * for the page that the sign-in address leads strangers to, and without cookies, so that nothing is redirected or granted.
 */
async function reachDingTalk(url: string, signal: AbortSignal): Promise<void> {
  const { origin, search } = new URL(url);
  const asking = fetch(`${origin}/oauth2/challenge.htm${search}`, {
    mode: "no-cors",
    credentials: "omit",
    cache: "no-store",
    signal,
  });
  const giveUp = new Promise<never>((_, reject) => setTimeout(reject, reachMs));
  await Promise.race([asking, giveUp]);
}
