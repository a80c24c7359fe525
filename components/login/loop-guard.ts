const key = "signed-in-at";

/** Coming back to the sign-in page this soon after getting in means that the session was not kept. */
const loopMs = 30_000;

/** Whether this page already signed somebody in a moment ago, in vain. */
export function isLooping(): boolean {
  try {
    const signedInAt = Number(sessionStorage.getItem(key));
    return signedInAt > 0 && Date.now() - signedInAt < loopMs;
  } catch {
    // Where storage is forbidden cookies usually are too: coming here from this very page says the same.
    return document.referrer.startsWith(`${location.origin}/login`);
  }
}

/** Notes that the page is about to leave because somebody got in. */
export function rememberSignIn(): void {
  try {
    sessionStorage.setItem(key, String(Date.now()));
  } catch {
    // Forbidden storage is dealt with in isLooping.
  }
}

/** Forgets it once a person decides to try again. */
export function forgetSignIn(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
