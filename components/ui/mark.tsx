import { type ReactNode } from "react";

const tones = {
  plain: "border-line bg-raised text-muted",
  accent: "border-transparent bg-accent-soft text-accent",
  good: "border-transparent bg-good-soft text-good",
  warn: "border-transparent bg-warn-soft text-warn",
  bad: "border-transparent bg-bad-soft text-bad",
};

export type Tone = keyof typeof tones;

/** A pill for a state or a role, and for nothing else. */
export function Mark({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`inline-flex items-center rounded-full border px-2.5 text-xs leading-6 ${tones[tone]}`}>
      {children}
    </span>
  );
}
