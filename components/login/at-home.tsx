"use client";

import { useEffect } from "react";

/**
 * DingTalk comes back to one address only, so a sign-in that begins at another name of this server, say 127.0.0.1 for
 * localhost, could not end: whoever opened that is led to the address itself.
 */
export function AtHome({ origin }: { origin: string }) {
  useEffect(() => {
    const { pathname, search } = location;
    if (location.origin !== origin) location.replace(origin + pathname + search);
  }, [origin]);
  return null;
}
