"use client";

import { type ReactNode, useEffect, useState } from "react";
import { faults } from "@/lib/i18n/faults";
import { type Language, readLanguage } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { readUnavailability, type Unavailability } from "@/lib/unavailable";
import { Fault } from "./fault";

type Props = { error: unknown; retry: () => void };

/** A page that could not be drawn; the layouts still stand, and know the language. */
export function PageError({ error, retry }: Props) {
  const current = typeof document === "undefined" ? null : document.documentElement.lang;
  const language = readLanguage(current) ?? "zh-CN";
  const unavailable = readUnavailability(error);
  if (unavailable) return <UnavailableFault reason={unavailable} language={language} />;
  return <Fault error={error} retry={retry} words={faults[language]} />;
}

/** Its words are in the dictionary. Every page would carry both if this did not load them when they are needed. */
function UnavailableFault({ reason, language }: { reason: Unavailability; language: Language }) {
  const [card, setCard] = useState<ReactNode>(null);
  useEffect(() => {
    async function load() {
      const [words, { UnavailableCard }] = await Promise.all([wordsFor(language), import("./unavailable")]);
      setCard(<UnavailableCard reason={reason} words={words.unavailable} />);
    }
    void load();
  }, [reason, language]);
  return card;
}
