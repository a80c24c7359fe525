import { type ReactNode } from "react";
import { cardLook } from "./ui/card";

const tones = { warn: "bg-warn-soft text-warn", good: "bg-good-soft text-good" };

/** A sentence about the page as a whole: amber to look again, green when something was done. */
export function Notice({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  return (
    <p role="status" className={`rounded-[12px] px-4 py-2.5 text-sm ${tones[tone]}`}>
      {children}
    </p>
  );
}

type EmptyProps = { level: "h1" | "h2"; title: string; what: string; children?: ReactNode };

/** A place with nothing in it: why, and what to do next. */
export function Empty({ level: Heading, title, what, children }: EmptyProps) {
  return (
    <section className={`${cardLook} grid justify-items-center gap-2 px-6 py-14 text-center`}>
      <Heading className={Heading === "h1" ? "text-2xl" : ""}>{title}</Heading>
      <p className="max-w-[34em] text-muted">{what}</p>
      {children && <div className="mt-3">{children}</div>}
    </section>
  );
}
