import { type ReactNode } from "react";
import { Button } from "../ui/button";
import { Spinner } from "../ui/spinner";

/** The place of a QR code. Its size never changes; a faint pattern fills it until there is a code. */
export function QrBox({ isIdle = false, children }: { isIdle?: boolean; children?: ReactNode }) {
  return (
    <div className="grid h-90 w-full max-w-80 place-items-center overflow-hidden rounded-xl border border-line bg-surface *:col-start-1 *:row-start-1 noscript:hidden">
      <span
        aria-hidden="true"
        className={`pointer-events-none size-56 bg-ink/6 mask-[url(/qr-ghost.svg)] mask-contain ${isIdle ? "" : "animate-pulse motion-reduce:animate-none"}`}
      />
      {children}
    </div>
  );
}

type PromptProps = { failure: { title: string; what: string } | null; label: string; onStart: () => void };

/** Shown instead of a code: the failure, if there was one, and the button that starts a new attempt. */
export function QrPrompt({ failure, label, onStart }: PromptProps) {
  return (
    <div
      role={failure ? "alert" : undefined}
      className={`relative grid animate-appear justify-items-center gap-2 p-6 text-center ${failure ? "bg-surface/90" : ""}`}
    >
      {failure && <h2>{failure.title}</h2>}
      {failure && <p className="mb-3 text-sm text-muted">{failure.what}</p>}
      <Button kind="primary" onClick={onStart}>
        {label}
      </Button>
    </div>
  );
}

type StatusProps = { isBusy: boolean; aside?: ReactNode; children: ReactNode };

/** The state of a code in one line below it. Screen readers skip `aside`. */
export function QrStatus({ isBusy, aside, children }: StatusProps) {
  return (
    <p className="flex min-h-6 items-center gap-2 text-sm text-muted noscript:hidden">
      {isBusy && <Spinner />}
      <span role="status">{children}</span>
      {aside && <span aria-hidden="true">{aside}</span>}
    </p>
  );
}
