import { type ReactNode } from "react";

type Props = {
  title: string;
  what: string;
  next?: string;
  reference?: { label: string; value: string } | null;
  children?: ReactNode;
};

/** The page's one message: what this is, or what happened, what to do, and under which number it can be found. */
export function Say({ title, what, ...rest }: Props) {
  return (
    <div className="grid gap-2">
      <h1>{title}</h1>
      <Advice what={what} {...rest} />
    </div>
  );
}

export function Advice({ what, next, reference, children }: Omit<Props, "title">) {
  return (
    <div className="grid max-w-[36em] gap-3 text-muted">
      <p>{what}</p>
      {next && <p className="text-ink">{next}</p>}
      {reference && (
        <p className="text-sm">
          {reference.label}{" "}
          <code className="ml-1 rounded-sm bg-raised px-2 py-0.5 text-ink select-all">{reference.value}</code>
        </p>
      )}
      {children}
    </div>
  );
}
