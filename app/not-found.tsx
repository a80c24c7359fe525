import { type Metadata } from "next";
import { Empty } from "@/components/notice";
import { Shell } from "@/components/shell";
import { buttonLook } from "@/components/ui/button";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { brand } from "@/lib/services";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).missing.title };
}

export default async function NotFound() {
  const language = await currentLanguage();
  const { missing, site } = await wordsFor(language);
  return (
    <Shell brand={brand()} language={language} words={site}>
      <Empty level="h1" title={missing.title} what={missing.what}>
        <a href="/profile" className={buttonLook()}>
          {missing.home}
        </a>
      </Empty>
    </Shell>
  );
}
