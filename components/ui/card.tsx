import { type ReactNode } from "react";

/** The classes of the one surface things stand on. */
export const cardLook = "rounded-lg border border-line bg-surface shadow-card";

type Props = { title: string; id?: string; isWide?: boolean; children: ReactNode };

/** A titled card; a wide one takes its row for itself. */
export function Card({ title, id, isWide, children }: Props) {
  return (
    <section id={id} className={`${cardLook} px-5.5 py-5 sm:px-7 sm:py-6 ${isWide ? "md:col-span-2" : ""}`}>
      <h2 className="mb-4">{title}</h2>
      {children}
    </section>
  );
}
