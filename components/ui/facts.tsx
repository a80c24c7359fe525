import { type ReactNode } from "react";

/** Facts in two columns: labels muted, values ink. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[88px_1fr] gap-x-4 gap-y-3 sm:grid-cols-[minmax(88px,max-content)_1fr] sm:gap-x-7">
      {children}
    </dl>
  );
}

type FactProps = { label: string; absent?: string; children: ReactNode };

/** One fact. Without a value it says so in `absent`, or is left out when there is nothing to say. */
export function Fact({ label, absent, children }: FactProps) {
  const isAbsent = children === null || children === "" || children === false;
  if (isAbsent && !absent) return null;
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className={`min-w-0 [overflow-wrap:anywhere] ${isAbsent ? "text-muted" : ""}`}>
        {isAbsent ? absent : children}
      </dd>
    </>
  );
}
