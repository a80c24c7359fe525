import { type Metadata, type Route } from "next";
import { redirect } from "next/navigation";
import { OwnOrigin } from "@/components/login/own-origin";
import { Shell } from "@/components/shell";
import { loginContext } from "@/lib/auth/login-page";
import { currentLanguage, currentWords } from "@/lib/i18n/current";
import { wordsFor } from "@/lib/i18n/words";
import { brand } from "@/lib/services";
import { DesktopLogin } from "./desktop";
import { InsideDingTalk } from "./inside-dingtalk";
import { type LoginView } from "./opening";
import { PhoneLogin } from "./phone";
import { readLoginQuery } from "./query";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).login.title };
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  // Read first: it makes the page dynamic, so that the build does not ask for the settings.
  const query = readLoginQuery(await searchParams);
  const [context, language] = await Promise.all([loginContext(), currentLanguage()]);
  const isDone = context.viewer && !(query.signsInAgain && !context.isRecent);
  if (isDone && !query.refusal && isPath(query.returnTo)) redirect(query.returnTo);
  const words = await wordsFor(language);
  return (
    <Shell brand={brand()} language={language} words={words.site} footer={words.login.trust}>
      <LoginForClient context={context} query={query} words={words} />
    </Shell>
  );
}

function LoginForClient(view: LoginView) {
  if (view.context.isInsideDingTalk) return <InsideDingTalk {...view} />;
  const Login = view.context.isPhone ? PhoneLogin : DesktopLogin;
  return (
    <>
      <OwnOrigin origin={view.context.origin} />
      <Login {...view} />
    </>
  );
}

/** readLoginQuery returns only paths of this app, but Next's list of routes cannot know that. */
function isPath(path: string): path is Route {
  return path.startsWith("/");
}
