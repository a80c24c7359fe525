"use client";

import { Fault } from "@/components/fault";
import { faultWords } from "@/lib/i18n/fault";
import { languages, readLanguage } from "@/lib/i18n/language";

/**
 * A page that could not be drawn; the layouts still stand, and know the language. The sign-in page leaves its faults to
 * global-error, so that it carries these words once.
 */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const language = typeof document === "undefined" ? null : readLanguage(document.documentElement.lang);
  return <Fault error={error} retry={retry} words={faultWords[language ?? languages[0]]} />;
}
