import { type Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { ScanCard } from "@/components/scan/scan-card";
import { Shell } from "@/components/shell";
import { loadScan } from "@/lib/auth/scan";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { brand } from "@/lib/services";
import { signInAgain, submitDecision } from "./actions";

/** The result of the action that just ran. It is read from the page's address. */
const query = z.object({ result: z.enum(["approved", "declined", "wrong_number", "wait"]).nullable().catch(null) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).tickets.phone.title };
}

/** The page behind a desktop's QR code, on the phone: it shows which browser requests the sign-in, and asks for approval. */
export default async function ScanPage({ params, searchParams }: PageProps<"/scan/[ticket]">) {
  const { ticket } = await params;
  const { result } = query.parse(await searchParams);
  const over = result && ({ step: "over", end: result } as const);
  const [found, language] = await Promise.all([over ?? loadScan(ticket), currentLanguage()]);
  if (found.step === "sign_in") redirect(`/login?${new URLSearchParams({ returnTo: `/scan/${ticket}` })}`);
  const words = await wordsFor(language);
  return (
    <Shell brand={brand()} language={language} words={words.site} footer="">
      <ScanCard
        found={found}
        ticket={ticket}
        brandName={brand().name}
        words={words}
        onDecide={submitDecision}
        onSignInAgain={signInAgain}
      />
    </Shell>
  );
}
