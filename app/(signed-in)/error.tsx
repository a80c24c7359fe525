"use client";

import { Fault } from "@/components/fault";
import { languages } from "@/lib/i18n/languages";

type Props = { error: unknown; retry: () => void };

/**
 * A page that could not be drawn; the layouts still stand, and know the language. The sign-in page leaves its faults to
 * global-error, so that it carries these words once.
 */
export default function ErrorPage({ error, retry }: Props) {
  const current = typeof document === "undefined" ? null : document.documentElement.lang;
  const language = languages.find(({ code }) => code === current) ?? languages[0];
  return <Fault error={error} retry={retry} language={language} />;
}
