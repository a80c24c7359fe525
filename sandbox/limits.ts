import { now } from "./clock";
import { callerAddress, type SandboxContext } from "./http";
import { type Store } from "./store";

/** Whether the caller's address is outside the exit-IP whitelist of the app. */
export function isOutsideWhitelist(store: Store, c: SandboxContext): boolean {
  const { ipWhitelist } = store.settings;
  return ipWhitelist !== null && !ipWhitelist.includes(callerAddress(c));
}

/** Counts this call; true when the API has received more than qpsLimit calls in the last second. */
export function exceedsQpsLimit(store: Store, api: string): boolean {
  const { qpsLimit } = store.settings;
  if (qpsLimit === null) return false;
  const since = now(store) - 1000;
  const recent = (store.recentCalls.get(api) ?? []).filter((at) => at > since);
  recent.push(now(store));
  store.recentCalls.set(api, recent);
  return recent.length > qpsLimit;
}

/** The message of both hosts for a throttled call. */
export function throttleMessage(api: string): string {
  return `您的服务器(企业应用)调用钉钉开放平台当前接口的所有请求都被暂时禁用了, apiPath(${api})`;
}
