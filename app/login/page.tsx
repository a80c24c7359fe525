import { type Metadata, type Route } from "next";
import { redirect } from "next/navigation";
import { AtHome } from "@/components/login/at-home";

import { Shell } from "@/components/shell";
import { loginContext } from "@/lib/auth/login-page";
import { brand } from "@/lib/brand";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { readLoginQuery } from "./query";
import { DesktopWay } from "./ways/desktop-way";
import { type Way } from "./ways/opening";
import { PhoneWay } from "./ways/phone-way";
import { SilentWay } from "./ways/silent-way";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).login.title };
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  // Read first: it tells the build that this page is made per request, before the settings are asked for.
  const query = readLoginQuery(await searchParams);
  const [door, language] = await Promise.all([loginContext(), currentLanguage()]);
  if (door.viewer && !query.refusal && isPath(query.returnTo)) redirect(query.returnTo);
  const words = await wordsFor(language);
  return (
    <Shell brand={brand()} language={language} words={words.site} footer={words.login.trust}>
      <SignInMethod door={door} query={query} words={words} />
    </Shell>
  );
}

async function SignInMethod(way: Way) {
  if (way.door.isInsideDingTalk) return <SilentWay {...way} />;
  return (
    <>
      <AtHome origin={way.door.origin} />
      {way.door.isPhone ? <PhoneWay {...way} /> : <DesktopWay {...way} />}
    </>
  );
}

/** A path read out of an address is known to be ours, but not to the list of routes. */
function isPath(path: string): path is Route {
  return path.startsWith("/");
}
