import { buttonLook } from "@/components/ui/button";
import { type LoginContext } from "@/lib/auth/login-page";
import { fill } from "@/lib/i18n/fill";
import { type Words } from "@/lib/i18n/words";
import { type LoginQuery } from "../query";

export type Way = { door: LoginContext; query: LoginQuery; words: Words };

/** What stands in the way of starting by itself: a refusal to be read first, or an explicit sign-out. (S15) */
export function openingMessage({ door, query, words }: Way) {
  const { login, refusals } = words;
  if (!query.refusal) return door.hasSignedOut ? login.signedOut : null;
  const reference = query.reference ? { label: login.reference, value: query.reference } : null;
  return { ...refusals[query.refusal], reference };
}

/** Whoever is still signed in here can simply go on. */
export function ContinueLink({ door, query, words }: Way) {
  if (!door.viewer) return null;
  return (
    <a href={query.returnTo} className={`${buttonLook()} justify-self-start`}>
      {fill(words.login.continueAs, { name: door.viewer.name })}
    </a>
  );
}
