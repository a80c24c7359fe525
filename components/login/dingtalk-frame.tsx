"use client";

import { useEffect, useReducer, useRef, useState } from "react";
import { type Words } from "@/lib/i18n/words";
import { isTrouble, nextFrameState, type Phase } from "./frame-machine";
import { hearFrame } from "./hear-frame";
import { openFrame } from "./open-frame";
import { QrBox, QrRest, QrStatus } from "./qr-box";
import { report } from "./report";

type FrameWords = Words["login"]["frame"];

type Props = {
  returnTo: string;
  startsItself: boolean;
  /** The verb on the button that starts it otherwise. */
  start: string;
  words: FrameWords;
  onOffline?: () => void;
};

/** DingTalk's own QR code, in a frame that we build and listen to ourselves. Its size never changes. */
export function DingtalkFrame({ returnTo, startsItself, start, words, onOffline }: Props) {
  const [{ phase, attempt }, send] = useReducer(nextFrameState, startsItself ? first : none);
  const [url, setUrl] = useState<string | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    if (attempt === 0) return;
    return openFrame({ returnTo, show: setUrl, send });
  }, [attempt, returnTo]);

  useEffect(() => {
    if (phase !== "offline") return;
    report({ phase: "frame", environment: "browser", error: "unreachable" });
    onOffline?.();
  }, [phase, onOffline]);

  useEffect(() => {
    if (!url) return;
    return hearFrame({ url, frame, send });
  }, [url]);

  const trouble = isTrouble(phase) ? words[phase] : null;
  const isResting = phase === "rest" || trouble !== null;
  return (
    <>
      <QrBox isResting={isResting}>
        {isResting && <QrRest trouble={trouble} verb={trouble ? words.again : start} onStart={() => send("start")} />}
        {url && !isResting && (
          <iframe
            key={url}
            ref={frame}
            src={url}
            title={words.name}
            onLoad={() => send("drawn")}
            className={`relative size-full bg-white transition-opacity [color-scheme:light] ${opacities[phase] ?? "opacity-0"}`}
          />
        )}
      </QrBox>
      <QrStatus isBusy={!isResting && phase !== "ready"}>{isResting ? "" : statusOf(phase, words)}</QrStatus>
    </>
  );
}

const none = { phase: "rest", attempt: 0 } as const;
const first = { phase: "preparing", attempt: 1 } as const;

/** Until it is known to be DingTalk's page the frame stays unseen: it could be the browser's error page. */
const opacities: Partial<Record<Phase, string>> = { ready: "opacity-100", leaving: "opacity-30" };

function statusOf(phase: Phase, words: FrameWords): string {
  return phase === "ready" || phase === "leaving" ? words[phase] : words.preparing;
}
