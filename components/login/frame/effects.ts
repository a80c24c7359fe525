import { callbackPath } from "@/lib/sign-in-method";
import { readAnswer, readTextField } from "../answer";
import { report } from "../report";
import { readFrameMessage } from "./protocol";
import { type FrameEvent } from "./state";

/** How long DingTalk's host may take to answer. */
const reachLimitMs = 6000;
/** How long an attempt may take until DingTalk's page has loaded in the frame. */
const loadLimitMs = 12_000;

type Attempt = {
  returnTo: string;
  frame: { current: HTMLIFrameElement | null };
  showFrame: (url: string | null) => void;
  send: (event: FrameEvent) => void;
};

/**
 * Makes one attempt: fetches the frame's address, shows the frame, listens to it, and checks that this browser can reach
 * DingTalk. Returns how to stop.
 */
export function openFrame(attempt: Attempt): () => void {
  const { returnTo, showFrame, send } = attempt;
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(fail, loadLimitMs);
  function fail() {
    if (!signal.aborted) send("unreachable");
  }
  async function open() {
    showFrame(null);
    const url = await fetchFrameUrl(returnTo, signal);
    showFrame(url);
    listenToFrame(url, attempt, signal);
    await reachDingTalk(url, signal);
    send("reachable");
  }
  open().catch(fail);
  return () => {
    clearTimeout(timer);
    controller.abort();
  };
}

/** The address of DingTalk's frame, bound to this browser by our server. */
async function fetchFrameUrl(returnTo: string, signal: AbortSignal): Promise<string> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ method: "frame", returnTo });
  const answer = await fetch("/login/start", { method: "POST", headers, body, signal });
  // A refusal has no url.
  return readTextField(await readAnswer(answer), "url");
}

/** Listens for the frame's one answer, then returns to our server with it or reports the failure. */
function listenToFrame(url: string, { frame, send }: Attempt, signal: AbortSignal): void {
  const { origin, searchParams } = new URL(url);
  const state = searchParams.get("state") ?? "";
  function receive(message: MessageEvent<unknown>) {
    const answer = readFrameMessage(message, { origin, source: frame.current?.contentWindow ?? null, state });
    if (!answer) return;
    window.removeEventListener("message", receive);
    send(answer.kind);
    if (answer.kind === "returned") location.replace(`${callbackPath("frame")}?${answer.query}`);
    else reportFrameFailure(answer.error || answer.kind);
  }
  window.addEventListener("message", receive, { signal });
}

/**
 * Rejects when the browser cannot reach DingTalk. The frame itself fires `load` for the browser's error page too. This requests
 * the page that the sign-in address redirects to without a session, and sends no cookies, so nothing is granted.
 */
async function reachDingTalk(url: string, signal: AbortSignal): Promise<void> {
  const { origin, search } = new URL(url);
  const request = fetch(`${origin}/oauth2/challenge.htm${search}`, {
    mode: "no-cors",
    credentials: "omit",
    cache: "no-store",
    signal,
  });
  const timeout = new Promise<never>((_, reject) => setTimeout(reject, reachLimitMs));
  await Promise.race([request, timeout]);
}

export function reportFrameFailure(error: string): void {
  report({ step: "frame", environment: "browser", error });
}
