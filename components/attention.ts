import { useEffect, useState } from "react";

/** After so long without a key or a pointer the reader is away, and a page that moved by itself would keep the session alive. */
const awayMs = 15 * 60_000;

const inputs = ["pointerdown", "pointermove", "keydown", "wheel"];

/** Whether the reader has a row open, or is away: in both cases the list stays as it is. */
export function useAttention(): "reading" | "away" | null {
  const [isReading, setReading] = useState(false);
  const isAway = useAway();
  // After each rendering, because an open row may have left the list.
  useEffect(() => setReading(hasOpenRow()));
  useEffect(() => {
    const noteRows = () => setReading(hasOpenRow());
    // This event does not bubble.
    document.addEventListener("toggle", noteRows, true);
    return () => document.removeEventListener("toggle", noteRows, true);
  }, []);
  if (isReading) return "reading";
  return isAway ? "away" : null;
}

/** Whether the reader has not touched the page for a while. (S24) */
export function useAway(): boolean {
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    let timer = setTimeout(leave, awayMs);
    function leave(): void {
      setAway(true);
    }
    function noteInput(): void {
      clearTimeout(timer);
      timer = setTimeout(leave, awayMs);
      setAway(false);
    }
    for (const input of inputs) addEventListener(input, noteInput, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const input of inputs) removeEventListener(input, noteInput);
    };
  }, []);
  return isAway;
}

function hasOpenRow(): boolean {
  return document.querySelector("details[data-event][open]") !== null;
}
