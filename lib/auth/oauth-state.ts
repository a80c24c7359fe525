import { z } from "zod";
import { deleteCookie, listCookies, readCookie, writeCookie } from "../http/cookies";
import { hashSecret, randomSecret } from "../secrets";
import { consumeOnce } from "./consume-once";
import { seal, unseal } from "./seal";

/**
 * The OAuth state of one sign-in. next-auth has one state per browser, so a second tab would break the first, and compares
 * none when the code exchange is custom. Here each sign-in has a sealed cookie of its own, named after its state.
 */
export type OAuthState = z.infer<typeof schema>;

const schema = z.object({
  state: z.string(),
  /** A state is made for one method; the session that it leads to has this method, whatever the address says. (S2) */
  method: z.enum(["frame", "redirect"]),
  returnTo: z.string(),
});

const lifeSeconds = 15 * 60;
/** Beyond this many unfinished sign-ins in one browser, the oldest are forgotten. */
const maxPending = 5;

/** Makes a state, binds it to this browser with the method and the return path, and returns it. (S1) */
export async function createOAuthState(signIn: Omit<OAuthState, "state">): Promise<string> {
  const state = randomSecret();
  for (const name of (await listCookies("state.")).slice(0, 1 - maxPending)) await deleteCookie(`state.${name}`);
  await writeCookie(cookieName(state), await seal("state", { ...signIn, state }, lifeSeconds), lifeSeconds);
  return state;
}

/** The state that a callback names, if this browser began it; null when it is missing, another browser's or expired. (S1) */
export async function readOAuthState(state: string | null): Promise<OAuthState | null> {
  if (!state) return null;
  const sealed = schema.safeParse(await unseal("state", await readCookie(cookieName(state))));
  return sealed.success && sealed.data.state === state ? sealed.data : null;
}

/**
 * Consumes a state together with the code that came with it, in one statement, and removes its cookie. Returns which of
 * the two had been used before. (S1, S3)
 */
export async function consumeOAuthState({ state }: OAuthState, code: string | null) {
  await deleteCookie(cookieName(state));
  return consumeOnce({ state, ...(code && { "auth code": code }) });
}

/** The name does not give the state away. */
function cookieName(state: string): `state.${string}` {
  return `state.${hashSecret(state).slice(0, 8)}`;
}
