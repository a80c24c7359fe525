"use client";

import { useEffect } from "react";
import { followWhileVisible } from "./visible-events";

/** Signing out or in again leads elsewhere by itself, from the tab in which it happens; so does a browser without its cookie. */
const ownActMs = 1500;

/**
 * Leaves the page when its session has ended, while the tab is visible or as soon as it is again. The page that follows says why;
 * nothing of this one stays in the document.
 */
export function SessionWatch() {
  useEffect(() => watch(), []);
  return null;
}

/** Returns how to stop. */
function watch(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = followWhileVisible({
    address: () => "/api/session/events",
    receive(data) {
      timer ??= setTimeout(leave, isOwnAct(data) ? ownActMs : 0);
      return true;
    },
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function isOwnAct(data: string): boolean {
  return /"signed_out"|"replaced"|null/.test(data);
}

function leave(): void {
  const returnTo = location.pathname + location.search;
  location.replace(`/session-ended?${new URLSearchParams({ returnTo })}`);
}
