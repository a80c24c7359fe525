import { type ReactNode } from "react";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";

/** Where a code stands. It keeps its size whatever it holds, with the ghost of a code until there is one. */
export function QrBox({ isResting = false, children }: { isResting?: boolean; children?: ReactNode }) {
  return (
    <div className="grid h-90 w-full max-w-80 place-items-center overflow-hidden rounded-xl border border-line bg-surface *:col-start-1 *:row-start-1 noscript:hidden">
      <span
        aria-hidden="true"
        className={`pointer-events-none size-56 bg-ink/6 mask-[url(/qr-ghost.svg)] mask-contain ${isResting ? "" : "animate-pulse motion-reduce:animate-none"}`}
      />
      {children}
    </div>
  );
}

type RestProps = { trouble: { title: string; what: string } | null; verb: string; onStart: () => void };

/** In place of a code: what went wrong, if anything, and the one thing to do. */
export function QrRest({ trouble, verb, onStart }: RestProps) {
  return (
    <div
      role={trouble ? "alert" : undefined}
      className={`relative grid animate-appear justify-items-center gap-2 p-6 text-center ${trouble ? "bg-surface/90" : ""}`}
    >
      {trouble && <h2>{trouble.title}</h2>}
      {trouble && <p className="mb-3 text-sm text-muted">{trouble.what}</p>}
      <Button kind="primary" onClick={onStart}>
        {verb}
      </Button>
    </div>
  );
}

/** Beneath a code: how it stands, in one line. `aside` is for the eyes only. */
export function QrStatus({ isBusy, aside, children }: { isBusy: boolean; aside?: ReactNode; children: ReactNode }) {
  return (
    <p className="flex min-h-6 items-center gap-2 text-sm text-muted noscript:hidden">
      {isBusy && <Spinner />}
      <span role="status">{children}</span>
      {aside && <span aria-hidden="true">{aside}</span>}
    </p>
  );
}
