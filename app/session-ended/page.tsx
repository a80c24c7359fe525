import { type Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { EndedCard } from "@/components/ended-card";
import { Shell } from "@/components/shell";
import { findOwnEnding } from "@/lib/auth/ended-session";
import { safeReturnTo } from "@/lib/http/return-to";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { brand } from "@/lib/services";

const querySchema = z.object({ returnTo: z.unknown().transform(safeReturnTo) });

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).ended.title };
}

/** Where an open page goes when its session has ended: why, when, and how to go on. */
export default async function SessionEndedPage({ searchParams }: PageProps<"/session-ended">) {
  const { returnTo } = querySchema.parse(await searchParams);
  const [ending, language] = await Promise.all([findOwnEnding(), currentLanguage()]);
  // Another tab has signed in again meanwhile, or signed out.
  if (ending === "live") return <meta httpEquiv="refresh" content={`0;url=${returnTo}`} />;
  const query = new URLSearchParams({ returnTo });
  if (ending === null) redirect(`/login?${query}`);
  const words = await wordsFor(language);
  return (
    <Shell brand={brand()} language={language} words={words.site}>
      <EndedCard ending={ending} signIn={`/login?${query}`} words={words} />
    </Shell>
  );
}
