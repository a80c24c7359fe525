import { type Metadata } from "next";
import { OwnOrigin } from "@/components/login/own-origin";
import { Shell } from "@/components/shell";
import { loginContext } from "@/lib/auth/login-page";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { brand } from "@/lib/services";
import { DesktopLogin } from "./desktop";
import { leaveIfSignedIn } from "./opening";
import { PhoneLogin } from "./phone";
import { readLoginQuery } from "./query";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).login.title };
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  // Read first: it makes the page dynamic, so that the build does not ask for the settings.
  const query = readLoginQuery(await searchParams);
  const [context, language] = await Promise.all([loginContext(), currentLanguage()]);
  leaveIfSignedIn(context, query);
  const words = await wordsFor(language);
  const Login = context.isPhone ? PhoneLogin : DesktopLogin;
  return (
    <Shell brand={brand()} language={language} words={words.site} footer={words.login.trust}>
      <OwnOrigin origin={context.origin} />
      <Login context={context} query={query} words={words} />
    </Shell>
  );
}
