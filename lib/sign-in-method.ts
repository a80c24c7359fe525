/** How a session began: in DingTalk's frame, by a redirect to DingTalk, through its bridge, or by a ticket that a phone approved. */
export type SignInMethod = "frame" | "redirect" | "silent" | "ticket";

/** The next-auth provider of each method. DingTalk has one callback address, so frame and redirect share a provider. */
export const providers = {
  frame: "dingtalk",
  redirect: "dingtalk",
  silent: "dingtalk-silent",
  ticket: "dingtalk-ticket",
} as const satisfies Record<SignInMethod, string>;

/** Where next-auth receives what each method ends with: an auth code by GET, a silent code or a ticket by POST. (S4) */
export function callbackPath(method: SignInMethod): string {
  return `/api/auth/callback/${providers[method]}`;
}
