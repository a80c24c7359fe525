/** How a session began: DingTalk's frame in our page, a redirect to DingTalk, its client's bridge, or a ticket approved on a phone. */
export type SignInMethod = "frame" | "redirect" | "silent" | "ticket";

/** The next-auth provider of each method. Frame and redirect share one, because DingTalk is given one callback address for both. */
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
