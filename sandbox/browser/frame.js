/**
 * How the login page answers. In a frame: by a message to the page around it, addressed to the origin of redirect_uri, so
 * that nobody else can read it. Otherwise: by going there.
 */
window.finishLogin = function finishLogin(answer) {
  const { isFrame, parentOrigin, noise } = window.__LOGIN_PAGE_VARS;
  if (!isFrame) return answer.success && location.assign(answer.redirectUrl);
  const say = (message) => window.parent.postMessage(message, parentOrigin);
  if (noise.includes("foreign")) for (const message of foreignMessages) say(message);
  if (noise.includes("forged") && answer.success) say({ success: true, redirectUrl: forge(answer.redirectUrl) });
  say(answer);
  if (noise.includes("repeated")) say(answer);
};

/** What browser extensions were seen to post from inside the frame, and shapes that only look right. */
const foreignMessages = [
  "extension ready",
  { type: "immersive-translate-message", payload: {} },
  { success: "yes", redirectUrl: 42 },
  { success: true },
  [],
];

function forge(redirectUrl) {
  const url = new URL(redirectUrl);
  url.searchParams.set("state", "forged-by-somebody-else");
  return url.href;
}
