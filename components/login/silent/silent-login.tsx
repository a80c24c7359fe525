"use client";

import { lazy, Suspense } from "react";
import { type SilentProps } from "./silent-progress";

/** The sign-in page of a desktop shares its scripts with this one. It does not load what only DingTalk's webview needs. */
const SilentProgress = lazy(async () => ({ default: (await import("./silent-progress")).SilentProgress }));

/** Signs the employee in with a silent code from DingTalk's bridge. */
export function SilentLogin(props: SilentProps) {
  return (
    <Suspense fallback={<div className="min-h-60" />}>
      <SilentProgress {...props} />
    </Suspense>
  );
}
