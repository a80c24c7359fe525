import { type Metadata } from "next";
import { redirect } from "next/navigation";
import { WaitPanel } from "@/components/login/wait-panel";
import { Shell } from "@/components/shell";
import { readWait } from "@/lib/auth/wait-address";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { brand } from "@/lib/services";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).login.wait.title };
}

/** Shown while a sign-in waits for DingTalk's limit. The sign-in itself is in the browser's sealed cookie. */
export default async function WaitPage({ searchParams }: PageProps<"/login/wait">) {
  const wait = readWait(await searchParams);
  if (!wait) redirect("/login");
  const [language, { login, site }] = await Promise.all([currentLanguage(), currentWords()]);
  return (
    <Shell brand={brand()} language={language} words={site} footer={login.trust}>
      <WaitPanel {...wait} words={login} />
    </Shell>
  );
}
