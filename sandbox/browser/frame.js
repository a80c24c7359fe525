/**
 * How the login page returns its outcome. In a frame it posts a message to the parent page, with the origin of redirect_uri
 * as the target, so that no other page can read it. Otherwise it navigates to redirect_uri.
 */
window.finishLogin = function finishLogin(outcome) {
  const { isFrame, parentOrigin, noise } = window.__LOGIN_PAGE_VARS;
  if (!isFrame) return outcome.success && location.assign(outcome.redirectUrl);
  const post = (message) => window.parent.postMessage(message, parentOrigin);
  if (noise.includes("foreign")) for (const message of foreignMessages) post(message);
  if (noise.includes("forged") && outcome.success) post({ success: true, redirectUrl: forge(outcome.redirectUrl) });
  post(outcome);
  if (noise.includes("repeated")) post(outcome);
};

/** Messages that browser extensions were observed to post from the frame, and messages with an almost valid shape. */
const foreignMessages = [
  "extension ready",
  { type: "immersive-translate-message", payload: {} },
  { success: "yes", redirectUrl: 42 },
  { success: true },
  [],
];

function forge(redirectUrl) {
  const url = new URL(redirectUrl);
  url.searchParams.set("state", "forged-state");
  return url.href;
}
