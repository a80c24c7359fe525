import { type ReactNode } from "react";
import { buttonLook, linkLook } from "../ui/button";
import { cardLook } from "../ui/card";

/** The sign-in card on a single device: a phone, or DingTalk's own window. */
export function LoginCard({ children }: { children: ReactNode }) {
  return <section className={`${cardLook} grid w-full max-w-105 gap-6 px-6 py-8 sm:px-8`}>{children}</section>;
}

type MessageProps = {
  title: string;
  what: string;
  next?: string;
  reference?: { label: string; value: string } | null;
  children?: ReactNode;
};

/** The page's one message: what it is for or what happened, what to do next, and the reference of a refusal. */
export function LoginMessage({ title, what, ...rest }: MessageProps) {
  return (
    <div className="grid gap-2">
      <h1>{title}</h1>
      <Advice what={what} {...rest} />
    </div>
  );
}

export function Advice({ what, next, reference, children }: Omit<MessageProps, "title">) {
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

/** What to do with a QR code, in order. */
export function Steps({ steps }: { steps: readonly string[] }) {
  return (
    <ol className="grid gap-4 max-md:hidden noscript:hidden">
      {steps.map((step, index) => (
        <li key={step} className="grid grid-cols-[28px_1fr] items-center gap-3">
          <span
            aria-hidden="true"
            className="grid size-7 place-items-center rounded-[9px] bg-accent-soft text-sm font-[650] text-accent"
          >
            {index + 1}
          </span>
          {step}
        </li>
      ))}
    </ol>
  );
}

const looks = {
  quiet: `${linkLook} text-sm`,
  big: buttonLook({ size: "big" }),
  primary: buttonLook({ kind: "primary", size: "big" }),
};

type FormProps = { returnTo: string; label: string; look: keyof typeof looks };

/** Leads to DingTalk's own sign-in page. This method needs neither scripts nor a frame. */
export function RedirectForm({ returnTo, label, look }: FormProps) {
  return (
    <form method="post" action="/login/start" className="grid justify-items-center">
      <input type="hidden" name="method" value="redirect" />
      <input type="hidden" name="returnTo" value={returnTo} />
      <button type="submit" className={looks[look]}>
        {label}
      </button>
    </form>
  );
}
