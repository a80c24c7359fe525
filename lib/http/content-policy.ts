import { env } from "../env";

/** What a page may load and where it may send: this app, DingTalk's login page, and images. (S22, S39) */
export function contentPolicy(nonce: string): string {
  const login = new URL(env().DINGTALK_LOGIN_URL).origin;
  const isDevelopment = env().NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `img-src 'self' data: https: ${login}`,
    `connect-src 'self' ${login}`,
    `frame-src ${login}`,
    `form-action 'self' ${login}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The nonce in a policy of `contentPolicy`, which the proxy passes on with the request. */
export function nonceOf(policy: string | null): string {
  return /'nonce-([^']+)'/.exec(policy ?? "")?.[1] ?? "";
}
