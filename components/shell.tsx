import { type ReactNode } from "react";
import { type Words } from "@/lib/i18n/words";
import { type Brand, BrandMark } from "./brand-mark";
import { LanguageSwitch } from "./language-switch";

type Props = { brand: Brand; language: string; words: Words["site"]; footer?: string; children: ReactNode };

/** The pages before sign-in: the company, the language and one card. */
export function Shell({ brand, language, words, footer, children }: Props) {
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
