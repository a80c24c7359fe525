"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 1500;

/** Reads the page anew while it is visible, so that what is under way moves. Not for a page whose reading is recorded. (S37) */
export function Refresher() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
