"use client";

import { useEffect } from "react";

const maxPauseMs = 60_000;
/** Signing out or in again leads elsewhere by itself, from the tab in which it happens; so does a browser without its cookie. */
const ownActMs = 1500;

/**
 * Leaves the page when its session has ended, while the tab is visible or as soon as it is again. The page that follows says why;
 * nothing of this one stays in the document.
 */
export function SessionWatch() {
  useEffect(() => watchWhileVisible(), []);
  return null;
}

/** One event stream at most. Returns how to stop. */
function watchWhileVisible(): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function open(): void {
    close();
    if (document.visibilityState !== "visible") return;
    source = new EventSource("/api/session/events");
    source.onmessage = ({ data }) => {
      close();
      timer = setTimeout(leave, isOwnAct(data) ? ownActMs : 0);
    };
    source.onopen = () => {
      failures = 0;
    };
    source.onerror = retryLater;
  }
  function close(): void {
    clearTimeout(timer);
    source?.close();
    source = null;
  }
  /** A page from the browser's back-forward cache comes back as it was. */
  function reopen({ persisted }: PageTransitionEvent): void {
    if (persisted) open();
  }
  /** The browser itself would ask every two seconds, from every tab of the company at once. */
  function retryLater(): void {
    close();
    const longest = Math.min(2000 * 2 ** failures, maxPauseMs);
    failures += 1;
    timer = setTimeout(open, longest * (0.5 + Math.random() / 2));
  }

  open();
  document.addEventListener("visibilitychange", open);
  window.addEventListener("pageshow", reopen);
  window.addEventListener("pagehide", close);
  return () => {
    close();
    document.removeEventListener("visibilitychange", open);
    window.removeEventListener("pageshow", reopen);
    window.removeEventListener("pagehide", close);
  };
}

function isOwnAct(data: string): boolean {
  return /"signed_out"|"replaced"|null/.test(data);
}

function leave(): void {
  const returnTo = location.pathname + location.search;
  location.replace(`/session-ended?${new URLSearchParams({ returnTo })}`);
}
