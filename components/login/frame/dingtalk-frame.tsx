"use client";

import { useEffect, useReducer, useRef, useState } from "react";
import { type Words } from "@/lib/i18n/words";
import { QrBox, QrPrompt, QrStatus } from "../qr-box";
import { report } from "../report";
import { listenToFrame, openFrame } from "./effects";
import { type FrameState, firstFrameSnapshot, isFrameFailure, nextFrameSnapshot } from "./state";

type FrameWords = Words["login"]["frame"];

type Props = {
  returnTo: string;
  startsAutomatically: boolean;
  /** The label of the button that starts the first attempt otherwise. */
  startLabel: string;
  words: FrameWords;
  onOffline?: () => void;
};

/** DingTalk's own QR code, in a frame that this page builds and listens to. Its size never changes. */
export function DingtalkFrame({ returnTo, startsAutomatically, startLabel, words, onOffline }: Props) {
  const [{ state, attempt }, send] = useReducer(nextFrameSnapshot, startsAutomatically, firstFrameSnapshot);
  const [url, setUrl] = useState<string | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    if (attempt === 0) return;
    return openFrame({ returnTo, showFrame: setUrl, send });
  }, [attempt, returnTo]);

  useEffect(() => {
    if (!url) return;
    return listenToFrame({ url, frame, send });
  }, [url]);

  useEffect(() => {
    if (state !== "offline") return;
    report({ step: "frame", environment: "browser", error: "unreachable" });
    onOffline?.();
  }, [state, onOffline]);

  const failure = isFrameFailure(state) ? words[state] : null;
  const isIdle = state === "idle" || failure !== null;
  return (
    <>
      <QrBox isIdle={isIdle}>
        {isIdle && (
          <QrPrompt failure={failure} label={failure ? words.again : startLabel} onStart={() => send("start")} />
        )}
        {url && !isIdle && (
          <iframe
            key={url}
            ref={frame}
            src={url}
            title={words.name}
            onLoad={() => send("loaded")}
            className={`relative size-full bg-white transition-opacity [color-scheme:light] ${opacities[state] ?? "opacity-0"}`}
          />
        )}
      </QrBox>
      <QrStatus isBusy={!isIdle && state !== "ready"}>{isIdle ? "" : statusOf(state, words)}</QrStatus>
    </>
  );
}

/** The frame is invisible until it is known to hold DingTalk's page: it may hold the browser's error page. */
const opacities: Partial<Record<FrameState, string>> = { ready: "opacity-100", leaving: "opacity-30" };

function statusOf(state: FrameState, words: FrameWords): string {
  return state === "ready" || state === "leaving" ? words[state] : words.preparing;
}
