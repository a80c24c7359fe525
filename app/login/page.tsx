import type { Metadata, Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { isPhone } from "@/components/login/is-phone";
import { Shell } from "@/components/shell";
import { entrance } from "@/lib/auth/entrance";
import { brand } from "@/lib/brand";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { readLoginQuery } from "./query";
import { DesktopWay, PhoneWay, SilentWay } from "./ways";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).login.title };
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  // Read first: it tells the build that this page is made per request, before the settings are asked for.
  const query = readLoginQuery(await searchParams);
  const [door, language, asked] = await Promise.all([entrance(), currentLanguage(), headers()]);
  if (door.viewer && !query.refusal && isPath(query.returnTo)) redirect(query.returnTo);
  const words = wordsFor(language);
  const way = { door, query, words };
  return (
    <Shell brand={brand()} language={language} words={words.site} footer={words.login.trust}>
      {door.isInsideDingTalk && <SilentWay {...way} />}
      {!door.isInsideDingTalk && (isPhone(asked.get("user-agent")) ? <PhoneWay {...way} /> : <DesktopWay {...way} />)}
    </Shell>
  );
}

/** A path read out of an address is known to be ours, but not to the list of routes. */
function isPath(path: string): path is Route {
  return path.startsWith("/");
}
