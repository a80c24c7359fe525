"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useAway } from "./attention";

/**
 * Reads the page anew while it is visible and its reader is there, so that what is under way moves and an unattended page does not
 * keep the session alive. Not for a page whose reading is recorded. (S24, S37)
 */
export function Refresher({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  const isAway = useAway();
  useEffect(() => {
    if (isAway) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs, isAway]);
  return null;
}
