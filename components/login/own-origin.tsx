"use client";

import { useEffect } from "react";

/**
 * DingTalk returns to one address only. A sign-in that begins at another name of this server, such as 127.0.0.1 for
 * localhost, could not complete, so the browser is redirected to the configured origin first.
 */
export function OwnOrigin({ origin }: { origin: string }) {
  useEffect(() => {
    const { pathname, search } = location;
    if (location.origin !== origin) location.replace(origin + pathname + search);
  }, [origin]);
  return null;
}
