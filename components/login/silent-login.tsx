"use client";

import { lazy, Suspense } from "react";
import { type SilentProps } from "./silent-entry";

/** A desktop's sign-in page shares its scripts with this one, and need not carry what only DingTalk's webview runs. */
const SilentEntry = lazy(async () => ({ default: (await import("./silent-entry")).SilentEntry }));

/** Signs the person in with DingTalk's own word for who they are. */
export function SilentLogin(props: SilentProps) {
  return (
    <Suspense fallback={<div className="min-h-60" />}>
      <SilentEntry {...props} />
    </Suspense>
  );
}
