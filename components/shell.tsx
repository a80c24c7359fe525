import { type ReactNode } from "react";
import { languages } from "@/lib/i18n/languages";
import { type Words } from "@/lib/i18n/words";
import { type Brand } from "@/lib/services";
import { linkLook } from "./ui/button";

export type ShellProps = { brand: Brand; language: string; words: Words["site"]; footer?: string; children: ReactNode };

/** The pages before sign-in: the company, the language and one card. */
export function Shell({ brand, language, words, footer, children }: ShellProps) {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto]">
      <header className="flex items-center justify-between gap-4 px-[clamp(20px,4vw,48px)] py-5.5">
        <BrandMark {...brand} />
        <LanguageSwitch current={language} label={words.language} />
      </header>
      <main className="grid place-items-center px-5 py-2">{children}</main>
      <footer className="min-h-16 px-[clamp(20px,4vw,48px)] pt-5.5 pb-[max(22px,env(safe-area-inset-bottom))] text-center text-sm text-muted">
        {footer}
      </footer>
    </div>
  );
}

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

/** The other languages, one press away; works without scripts. */
export function LanguageSwitch({ current, label }: { current: string; label: string }) {
  return (
    <form method="post" action="/language" aria-label={label} className="flex gap-4 text-sm">
      {languages
        .filter(({ code }) => code !== current)
        .map(({ code, name }) => (
          <button key={code} type="submit" name="language" value={code} lang={code} className={linkLook}>
            {name}
          </button>
        ))}
    </form>
  );
}
