"use client";

import { useEffect, useState } from "react";

type Props = { seconds: number; goOnTo: string; goOnAfter: number; words: { about: string; seconds: string } };

/** The seconds until a queued sign-in continues. After `goOnAfter` of them it leads to `goOnTo`, in a hidden tab too. */
export function WaitClock({ seconds, goOnTo, goOnAfter, words }: Props) {
  const [left, setLeft] = useState(seconds);

  useEffect(() => {
    const startedAt = performance.now();
    const timer = setInterval(() => {
      const passed = (performance.now() - startedAt) / 1000;
      setLeft(Math.max(1, Math.ceil(seconds - passed)));
      if (passed < goOnAfter) return;
      clearInterval(timer);
      location.replace(goOnTo);
    }, 250);
    return () => clearInterval(timer);
  }, [seconds, goOnAfter, goOnTo]);

  return (
    <div role="timer" className="relative grid size-49 place-content-center justify-items-center gap-1.5">
      <svg viewBox="0 0 252 252" aria-hidden="true" className="absolute inset-0 size-full -rotate-90">
        <circle cx="126" cy="126" r="120" fill="none" className="stroke-line" strokeWidth="6" />
        <circle
          cx="126"
          cy="126"
          r="120"
          fill="none"
          pathLength="100"
          strokeWidth="6"
          strokeLinecap="round"
          strokeDasharray={`${(left / seconds) * 100} 100`}
          className="stroke-accent transition-[stroke-dasharray] duration-300 motion-reduce:transition-none"
        />
      </svg>
      <span className="text-sm text-muted">{words.about}</span>
      <span className="text-[52px]/none font-[650] tracking-[-0.03em]">
        {left}
        <span className="ml-1.5 text-lg font-normal tracking-normal text-muted">{words.seconds}</span>
      </span>
    </div>
  );
}
