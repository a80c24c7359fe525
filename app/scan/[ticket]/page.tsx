import { type Metadata } from "next";
import { redirect } from "next/navigation";
import { ScanCard } from "@/components/scan/scan-card";
import { Shell } from "@/components/shell";
import { scan } from "@/lib/auth/scan";
import { brand } from "@/lib/brand";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { decideTicket, signInAgain } from "./actions";
import { readResult } from "./result";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).tickets.phone.title };
}

/** On the phone, behind the QR of a desktop: who is asking, and whether to let it in. */
export default async function ScanPage({ params, searchParams }: PageProps<"/scan/[ticket]">) {
  const { ticket } = await params;
  const result = readResult(await searchParams);
  const [found, language] = await Promise.all([result ?? scan(ticket), currentLanguage()]);
  if (found.step === "sign_in") redirect(`/login?${new URLSearchParams({ returnTo: `/scan/${ticket}` })}`);
  const words = await wordsFor(language);
  return (
    <Shell brand={brand()} language={language} words={words.site} footer="">
      <ScanCard
        found={found}
        ticket={ticket}
        brandName={brand().name}
        words={words}
        onDecide={decideTicket}
        onSignInAgain={signInAgain}
      />
    </Shell>
  );
}
