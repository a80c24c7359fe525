import type { ReactNode } from "react";

/** The classes of the one surface things stand on. */
export const cardLook = "rounded-lg border border-line bg-surface shadow-card";

/** A titled card. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={`${cardLook} px-5.5 py-5 sm:px-7 sm:py-6`}>
      <h2 className="mb-4">{title}</h2>
      {children}
    </section>
  );
}
