import { useEffect, useState } from "react";
import { type languages } from "@/lib/i18n/languages";
import { type Words } from "@/lib/i18n/words";
import { readUnavailability, type Unavailability } from "@/lib/unavailable";
import { Button, buttonLook } from "./ui/button";
import { cardLook } from "./ui/card";
import { UnavailableCard } from "./unavailable";

type Props = { error: unknown; retry: () => void; language: (typeof languages)[number] };

/** Something of ours broke: the reference is what the log knows it by. */
export function Fault({ error, retry, language }: Props) {
  const words = language.fault;
  const unavailable = readUnavailability(error);
  if (unavailable) return <UnavailableFault reason={unavailable} language={language} />;
  const reference = referenceOf(error);
  return (
    <section className={`${cardLook} grid gap-2 px-6 py-8 sm:px-8`}>
      <h1 className="text-2xl">{words.title}</h1>
      <p className="text-muted">{words.what}</p>
      <p>{words.next}</p>
      {reference && (
        <p className="text-sm text-muted">
          {words.reference}{" "}
          <code className="ml-1 rounded-sm bg-raised px-2 py-0.5 text-ink select-all">{reference}</code>
        </p>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        <Button kind="primary" onClick={retry}>
          {words.again}
        </Button>
        <a href="/" className={buttonLook()}>
          {words.home}
        </a>
      </div>
    </section>
  );
}

type UnavailableProps = { reason: Unavailability; language: Props["language"] };

/** Its words are in the dictionary, which every page would carry if this did not load it when it is needed. */
function UnavailableFault({ reason, language }: UnavailableProps) {
  const [words, setWords] = useState<Words | null>(null);
  useEffect(() => void language.loadWords().then(setWords), [language]);
  return words && <UnavailableCard reason={reason} words={words.unavailable} />;
}

function referenceOf(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
