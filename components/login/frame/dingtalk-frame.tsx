"use client";

import { useEffect, useReducer, useRef, useState } from "react";
import { type Words } from "@/lib/i18n/words";
import { QrBox, QrPrompt, QrStatus } from "../qr-box";
import { openFrame, reportFrameFailure } from "./effects";
import { firstFrameSnapshot, isFrameFailure, nextFrameSnapshot } from "./state";

type Props = {
  returnTo: string;
  autoStart: boolean;
  /** The label of the button that starts the first attempt otherwise. */
  startLabel: string;
  words: Words["login"]["frame"];
  onOffline?: () => void;
};

/** DingTalk's own QR code, in a frame that this page builds and listens to. Its size never changes. */
export function DingtalkFrame({ returnTo, autoStart, startLabel, words, onOffline }: Props) {
  const [{ state, attempt }, send] = useReducer(nextFrameSnapshot, autoStart, firstFrameSnapshot);
  const [url, setUrl] = useState<string | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    if (attempt === 0) return;
    return openFrame({ returnTo, frame, showFrame: setUrl, send });
  }, [attempt, returnTo]);

  useEffect(() => {
    if (state !== "offline") return;
    reportFrameFailure("unreachable");
    onOffline?.();
  }, [state, onOffline]);

  const failure = isFrameFailure(state) ? words[state] : null;
  const isIdle = state === "idle" || failure !== null;
  const step = state === "ready" || state === "leaving" ? state : "preparing";
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
            className={`relative size-full bg-white transition-opacity [color-scheme:light] ${opacities[step]}`}
          />
        )}
      </QrBox>
      <QrStatus isBusy={!isIdle && state !== "ready"}>{isIdle ? "" : words[step]}</QrStatus>
    </>
  );
}

/** The frame is invisible until it is known to hold DingTalk's page: it may hold the browser's error page. */
const opacities = { preparing: "opacity-0", ready: "opacity-100", leaving: "opacity-30" };
