import { matchedRoutes } from "hono/route";
import { z } from "zod";
import { type SandboxContext } from "../http";
import { findCorpToken, findUserToken, isGranted } from "../identity/credentials";
import { exceedsQpsLimit, isOutsideWhitelist, throttleMessage } from "../limits";
import { type CorpToken, type UserToken } from "../records";
import { apiRefusal } from "../refusal";
import { type Permission } from "../settings";
import { type Store } from "../store";

/** The limits that the v1.0 gateway checks before it reads the request. */
export function requireApiLimits(store: Store, c: SandboxContext): void {
  if (isOutsideWhitelist(store, c)) {
    throw apiRefusal(403, { code: "Forbidden.AccessDenied.IpNotInWhiteList", message: "访问ip不在白名单之中" });
  }
  const api = apiOf(c);
  if (!exceedsQpsLimit(store, `${c.req.method} ${api}`)) return;
  throw apiRefusal(403, { code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", message: throttleMessage(api) });
}

/** The route of the call: /v1.0/contact/users/{id} is one API, for every unionId. */
function apiOf(c: SandboxContext): string {
  const route = matchedRoutes(c).find(({ path }) => !path.endsWith("*"));
  return route?.path.replaceAll(/:(\w+)/g, "{$1}") ?? c.req.path;
}

export function requireUserToken(store: Store, c: SandboxContext): UserToken {
  return findUserToken(store, tokenHeader(c)) ?? refuseToken();
}

export function requireCorpToken(store: Store, c: SandboxContext): CorpToken {
  return findCorpToken(store, tokenHeader(c)) ?? refuseToken();
}

/** The live service names the missing permission only in accessdenieddetail. */
export function permissionRefusal(permission: Permission) {
  return apiRefusal(403, {
    code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
    message:
      "没有调用该接口的权限，接口权限申请参考：https://open.dingtalk.com/document/orgapp-server/add-api-permission",
    scopes: [permission],
  });
}

export function requireCorpPermission(store: Store, token: CorpToken, permission: Permission): void {
  if (!isGranted(store, token, permission)) throw permissionRefusal(permission);
}

/** A field that a body must have. */
export const requiredText = z.string().min(1);

/** The fields of a body; throws DingTalk's refusal that names the first missing one. */
export function readFields<Shape extends z.ZodType>(body: Record<string, unknown>, schema: Shape): z.output<Shape> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0]);
  throw apiRefusal(400, { code: `Missing${name}`, message: `${name} is mandatory for this action.` });
}

function tokenHeader(c: SandboxContext): string {
  const value = c.req.header("x-acs-dingtalk-access-token");
  if (value) return value;
  throw apiRefusal(400, {
    code: "AuthenticationFailed.MissingParameter",
    message: "缺少参数：x-acs-dingtalk-access-token",
  });
}

function refuseToken(): never {
  throw apiRefusal(400, { code: "InvalidAuthentication", message: "不合法的access_token" });
}
