import type { ReactNode } from "react";
import type { Words } from "@/lib/i18n/words";
import type { Brand } from "../brand-mark";
import { BrandMark } from "../brand-mark";
import { LanguageSwitch } from "../language-switch";

type Props = { brand: Brand; language: string; words: Words; children: ReactNode };

/** Everything around the sign-in card: whose door this is, and in which language. */
export function LoginShell({ brand, language, words, children }: Props) {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto]">
      <header className="flex items-center justify-between gap-4 px-[clamp(20px,4vw,48px)] py-5.5">
        <BrandMark {...brand} />
        <LanguageSwitch current={language} words={words.site} />
      </header>
      <main className="grid place-items-center px-5 py-2">{children}</main>
      <footer className="px-[clamp(20px,4vw,48px)] pt-5.5 pb-[max(22px,env(safe-area-inset-bottom))] text-center text-sm text-muted">
        {words.login.trust}
      </footer>
    </div>
  );
}
