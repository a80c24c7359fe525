"use client";

import { useEffect, useReducer, useRef, useState } from "react";
import type { Words } from "@/lib/i18n/words";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";
import type { Phase } from "./frame-machine";
import { isTrouble, nextFrameState } from "./frame-machine";
import { hearFrame } from "./hear-frame";
import { openFrame } from "./open-frame";
import { report } from "./report";

type FrameWords = Words["login"]["frame"];

type Props = {
  returnTo: string;
  startsItself: boolean;
  /** The verb on the button that starts it otherwise. */
  start: string;
  words: FrameWords;
};

/** DingTalk's own QR code, in a frame that we build and listen to ourselves. Its size never changes. */
export function DingtalkFrame({ returnTo, startsItself, start, words }: Props) {
  const [{ phase, attempt }, send] = useReducer(nextFrameState, startsItself ? first : none);
  const [url, setUrl] = useState<string | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);

  useEffect(() => {
    if (attempt === 0) return;
    return openFrame({ returnTo, show: setUrl, send });
  }, [attempt, returnTo]);

  useEffect(() => {
    if (phase === "offline") report({ phase: "frame", environment: "browser", error: "unreachable" });
  }, [phase]);

  useEffect(() => {
    if (!url) return;
    return hearFrame({ url, frame, send });
  }, [url]);

  const isClosed = phase === "rest" || isTrouble(phase);
  return (
    <>
      <div className="grid h-90 w-full max-w-80 place-items-center overflow-hidden rounded-xl border border-line bg-surface *:col-start-1 *:row-start-1">
        <span
          aria-hidden="true"
          className={`size-56 bg-ink/6 mask-[url(/qr-ghost.svg)] mask-contain ${isClosed ? "" : "animate-pulse motion-reduce:animate-none"}`}
        />
        {isClosed && <Closed phase={phase} start={start} words={words} onStart={() => send("start")} />}
        {url && !isClosed && (
          <iframe
            key={url}
            ref={frame}
            src={url}
            title={words.name}
            onLoad={() => send("drawn")}
            className={`relative size-full bg-white transition-opacity [color-scheme:light] ${opacities[phase] ?? "opacity-0"}`}
          />
        )}
      </div>
      <Status phase={phase} words={words} />
    </>
  );
}

const none = { phase: "rest", attempt: 0 } as const;
const first = { phase: "preparing", attempt: 1 } as const;

/** Until it is known to be DingTalk's page the frame stays unseen: it could be the browser's error page. */
const opacities: Partial<Record<Phase, string>> = { ready: "opacity-100", leaving: "opacity-30" };

type ClosedProps = { phase: Phase; start: string; words: FrameWords; onStart: () => void };

function Closed({ phase, start, words, onStart }: ClosedProps) {
  const trouble = isTrouble(phase) ? words[phase] : null;
  return (
    <div
      role={trouble ? "alert" : undefined}
      className="grid animate-appear justify-items-center gap-2 p-6 text-center"
    >
      {trouble && <h2>{trouble.title}</h2>}
      {trouble && <p className="mb-3 text-sm text-muted">{trouble.what}</p>}
      <Button kind="primary" onClick={onStart}>
        {trouble ? words.again : start}
      </Button>
    </div>
  );
}

function Status({ phase, words }: { phase: Phase; words: FrameWords }) {
  const isUnderWay = phase !== "ready" && phase !== "rest" && !isTrouble(phase);
  return (
    <p role="status" className="flex min-h-6 items-center gap-2 text-sm text-muted">
      {isUnderWay && <Spinner />}
      {statusOf(phase, words)}
    </p>
  );
}

function statusOf(phase: Phase, words: FrameWords): string {
  if (phase === "ready" || phase === "leaving") return words[phase];
  return phase === "rest" || isTrouble(phase) ? "" : words.preparing;
}
