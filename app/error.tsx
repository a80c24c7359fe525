"use client";

import { Fault } from "@/components/fault";
import { faultWords } from "@/lib/i18n/fault";
import { languages, readLanguage } from "@/lib/i18n/language";

/** A page that could not be drawn. The root layout still stands, and knows the language. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const language = typeof document === "undefined" ? null : readLanguage(document.documentElement.lang);
  return (
    <main className="mx-auto grid min-h-[70dvh] max-w-150 content-center px-5">
      <Fault error={error} retry={retry} words={faultWords[language ?? languages[0]]} />
    </main>
  );
}
