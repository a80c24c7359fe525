import { useEffect, useState } from "react";

/** After so long without a key or a pointer the reader is away, and a page that moved by itself would keep the session alive. */
const awayMs = 15 * 60_000;

const inputs = ["pointerdown", "pointermove", "keydown", "wheel"];

/** Whether the reader has a row open, or is away: in both cases the list stays as it is. */
export function useAttention(): "reading" | "away" | null {
  const [isReading, setReading] = useState(false);
  const [isAway, setAway] = useState(false);
  // After each rendering, because an open row may have left the list.
  useEffect(() => setReading(hasOpenRow()));
  useEffect(() => {
    const noteRows = () => setReading(hasOpenRow());
    // This event does not bubble.
    document.addEventListener("toggle", noteRows, true);
    return () => document.removeEventListener("toggle", noteRows, true);
  }, []);
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
  if (isReading) return "reading";
  return isAway ? "away" : null;
}

function hasOpenRow(): boolean {
  return document.querySelector("details[data-event][open]") !== null;
}
