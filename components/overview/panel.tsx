import { type ReactNode } from "react";
import { formatsFor } from "@/lib/i18n/format";
import { type Words } from "@/lib/i18n/words";
import { cardLook } from "../ui/card";

type Props = {
  title: string;
  id?: string;
  /** What the title leaves open, such as the span of time. */
  note?: ReactNode;
  look?: string;
  children: ReactNode;
};

/** A card of the overview. */
export function Panel({ title, id, note, look = "", children }: Props) {
  return (
    <section id={id} className={`${cardLook} flex min-w-0 scroll-mt-5 flex-col px-5 py-5 sm:px-6 ${look}`}>
      <header className="mb-4 flex items-baseline justify-between gap-4">
        <h2>{title}</h2>
        {note && <span className="text-right text-sm text-muted">{note}</span>}
      </header>
      {children}
    </section>
  );
}

/** Why a picture is not there. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="my-auto py-6 text-muted">{children}</p>;
}

/** A name and a number, below each other in a list. */
export function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="whitespace-nowrap text-muted">{name}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}

/** The span of time below a picture: when it begins, and now. Its middle stands between them where there is room. */
export function Span({ begins, words, hasMiddle }: { begins: Date; words: Words; hasMiddle?: boolean }) {
  const { moment } = formatsFor(words);
  const now = new Date();
  const middle = new Date((begins.getTime() + now.getTime()) / 2);
  return (
    <p aria-hidden="true" className="mt-1.5 flex justify-between gap-3 text-xs text-muted">
      <span>{moment(begins, now)}</span>
      {hasMiddle && <span className="max-sm:hidden">{moment(middle, now)}</span>}
      <span>{words.overview.now}</span>
    </p>
  );
}
