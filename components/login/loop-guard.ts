const key = "signed-in-at";

/** A return to the sign-in page this soon after a sign-in means that the browser did not store the session. */
const loopMs = 30_000;

/** Whether this browser completed a sign-in a moment ago and still has no session. */
export function isLooping(): boolean {
  try {
    const signedInAt = Number(sessionStorage.getItem(key));
    return signedInAt > 0 && Date.now() - signedInAt < loopMs;
  } catch {
    // Where storage is blocked, cookies usually are too. A referrer of this same page says the same.
    return document.referrer.startsWith(`${location.origin}/login`);
  }
}

/** Records that the page is about to navigate away because a sign-in succeeded. */
export function rememberSignIn(): void {
  try {
    sessionStorage.setItem(key, String(Date.now()));
  } catch {
    // isLooping handles blocked storage.
  }
}

/** Removes the record when a person tries again. */
export function forgetSignIn(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was stored.
  }
}
