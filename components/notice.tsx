import { type ReactNode } from "react";

const tones = { warn: "bg-warn-soft text-warn", good: "bg-good-soft text-good" };

/** A sentence about the page as a whole: amber to look again, green when something was done. */
export function Notice({ tone, children }: { tone: keyof typeof tones; children: ReactNode }) {
  return (
    <p role="status" className={`rounded-[12px] px-4 py-2.5 text-sm ${tones[tone]}`}>
      {children}
    </p>
  );
}
