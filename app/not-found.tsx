import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { buttonLook } from "@/components/ui/button";
import { currentWords } from "@/lib/i18n/current";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).missing.title };
}

export default async function NotFound() {
  const { missing } = await currentWords();
  return (
    <main className="mx-auto grid min-h-[70dvh] max-w-150 content-center px-5">
      <Empty level="h1" title={missing.title} what={missing.what}>
        <a href="/profile" className={buttonLook()}>
          {missing.home}
        </a>
      </Empty>
    </main>
  );
}
