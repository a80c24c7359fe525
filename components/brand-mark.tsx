export type Brand = { name: string; logo: string | null };

/** The company's logo and name, as the settings give them. */
export function BrandMark({ name, logo }: Brand) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2.5 font-[650] tracking-[-0.01em]">
      {logo ? (
        // biome-ignore lint/performance/noImgElement: the logo is whatever address the settings name.
        <img src={logo} alt="" referrerPolicy="no-referrer" className="h-6.5 w-auto max-w-24 object-contain" />
      ) : (
        <span aria-hidden="true" className="grid size-6.5 shrink-0 place-items-center rounded-sm bg-accent">
          <span className="size-3.75 rounded-[4px] border-[2.5px] border-accent-ink" />
        </span>
      )}
      <span className="truncate">{name}</span>
    </span>
  );
}
