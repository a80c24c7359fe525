import { type ReactNode } from "react";
import { cardLook } from "./ui/card";

type Props = { level: "h1" | "h2"; title: string; what: string; children?: ReactNode };

/** A place with nothing in it: why, and what to do next. */
export function Empty({ level: Heading, title, what, children }: Props) {
  return (
    <section className={`${cardLook} grid justify-items-center gap-2 px-6 py-14 text-center`}>
      <Heading className={Heading === "h1" ? "text-2xl" : ""}>{title}</Heading>
      <p className="max-w-[34em] text-muted">{what}</p>
      {children && <div className="mt-3">{children}</div>}
    </section>
  );
}
