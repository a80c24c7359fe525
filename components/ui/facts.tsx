import { type ReactNode } from "react";

const columns = "grid grid-cols-[88px_1fr] gap-x-4 gap-y-3 sm:grid-cols-[minmax(88px,max-content)_1fr] sm:gap-x-7";
/** Said once for the list: each class of each fact is sent and drawn twice. */
const values = "[&>dt]:text-muted [&>dd]:min-w-0 [&>dd]:[overflow-wrap:anywhere]";

/** Facts in two columns: labels muted, values ink. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={`${columns} ${values}`}>{children}</dl>;
}

type FactProps = { label: string; absent?: string; children: ReactNode };

/** One fact. Without a value it says so in `absent`, or is left out when there is nothing to say. */
export function Fact({ label, absent, children }: FactProps) {
  const isAbsent = children === null || children === "" || children === false;
  if (isAbsent && !absent) return null;
  return (
    <>
      <dt>{label}</dt>
      <dd className={isAbsent ? "text-muted" : undefined}>{isAbsent ? absent : children}</dd>
    </>
  );
}
