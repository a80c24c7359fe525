import { hashSecret } from "../secrets";

/** More sign-ins than this begun in one browser and not finished are forgotten, the oldest first. */
const kept = 5;

type Jar = Record<string, string>;

/**
 * next-auth keeps one state per browser, so a second tab would break the first. Here every sign-in has a cookie of its own,
 * named after its state; these functions translate between the two.
 */
export function stateCookieName(base: string, state: string): string {
  return `${base}.${hashSecret(state).slice(0, 8)}`;
}

/** The cookies as next-auth expects them: only the one state that this callback names, if this browser has it. */
export function withOwnState(cookies: Jar, base: string, state: string | null): Jar {
  const others = Object.entries(cookies).filter(([name]) => name !== base && !name.startsWith(`${base}.`));
  const own = state === null ? undefined : cookies[stateCookieName(base, state)];
  return Object.fromEntries(own === undefined ? others : [...others, [base, own]]);
}

/** A Set-Cookie line of next-auth's, under the name of this sign-in. */
export function renameState(line: string, base: string, state: string): string {
  return line.startsWith(`${base}=`) ? `${stateCookieName(base, state)}${line.slice(base.length)}` : line;
}

/** The names of state cookies that abandoned sign-ins left behind. */
export function findAbandoned(cookies: Jar, base: string): string[] {
  const begun = Object.keys(cookies).filter((name) => name.startsWith(`${base}.`));
  return begun.slice(0, Math.max(0, begun.length - kept + 1));
}
