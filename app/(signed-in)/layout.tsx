import { type ReactNode } from "react";
import { SessionWatch } from "@/components/session-watch";
import { Shell } from "@/components/shell";
import { SiteHeader } from "@/components/site-header";
import { UnavailableCard } from "@/components/unavailable";
import { askViewer } from "@/lib/auth/viewer";
import { currentLanguage } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { brand } from "@/lib/services";
import { leave } from "./actions";

/** The frame around the pages of a signed-in employee. It is no guard: each page asks for its own permission. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const [{ viewer, unavailable }, language] = await Promise.all([askViewer(), currentLanguage()]);
  const words = await wordsFor(language);
  const site = { brand: brand(), language, words: words.site };
  if (unavailable) {
    return (
      <Shell {...site}>
        <UnavailableCard reason={unavailable} words={words.unavailable} />
      </Shell>
    );
  }
  return (
    <>
      {viewer && <SessionWatch />}
      {viewer && <SiteHeader {...site} isAdmin={viewer.isAdmin} onSignOut={leave} />}
      <main
        id="content"
        className="mx-auto grid w-full max-w-250 has-[[data-wide]]:max-w-320 grid-cols-[minmax(0,1fr)] gap-5 px-5 pt-7 pb-[max(56px,env(safe-area-inset-bottom))] sm:pt-9"
      >
        {children}
      </main>
    </>
  );
}
