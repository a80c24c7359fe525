/** What to do with a QR code, in the order in which it is done. */
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
