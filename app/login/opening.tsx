import { type Route } from "next";
import { redirect } from "next/navigation";
import { buttonLook } from "@/components/ui/button";
import { type LoginContext } from "@/lib/auth/login-page";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type LoginQuery } from "./query";

/** What each view of the sign-in page is drawn from. */
export type LoginView = { context: LoginContext; query: LoginQuery; words: Words };

/** Leads a viewer who is signed in already, and recently enough, to the page they wanted. */
export function leaveIfSignedIn({ viewer, isRecent }: LoginContext, query: LoginQuery): void {
  const isDone = viewer && !(query.signsInAgain && !isRecent);
  if (isDone && !query.refusal && isPath(query.returnTo)) redirect(query.returnTo);
}

/** readLoginQuery returns only paths of this app, but Next's list of routes cannot know that. */
function isPath(path: string): path is Route {
  return path.startsWith("/");
}

/** The message that prevents an automatic start: a refusal, a dangerous act, or an explicit sign-out; null when there is none. (S15) */
export function openingMessage({ context, query, words }: LoginView) {
  const { login, refusals } = words;
  if (!query.refusal && query.signsInAgain) return login.signInAgain;
  if (!query.refusal) return context.hasSignedOut ? login.signedOut : null;
  const reference = query.reference ? { label: login.reference, value: query.reference } : null;
  const { title, what, next } = refusals[query.refusal];
  return { title, what, next: fill(next, { count: query.waitSeconds }), reference };
}

/** Lets a viewer who is still signed in continue without a new sign-in. */
export function ContinueLink({ context, query, words }: LoginView) {
  if (!context.viewer || query.signsInAgain) return null;
  return (
    <a href={query.returnTo} className={`${buttonLook()} justify-self-start`}>
      {fill(words.login.continueAs, { name: context.viewer.name })}
    </a>
  );
}
