import { type z } from "zod";
import { callerAddress, readBody, requestOrigin, type SandboxContext } from "../http";
import { findCorpToken, isGranted } from "../identity/credentials";
import { exceedsQpsLimit, isOutsideWhitelist, throttleMessage } from "../limits";
import { type CorpToken } from "../records";
import { oapiRefusal, type Refusal, wrappedRefusal } from "../refusal";
import { type Permission } from "../settings";
import { type Store } from "../store";

export type OapiCall = {
  store: Store;
  /** The address under which the sandbox was called. */
  origin: string;
  parameters: Record<string, unknown>;
  may: (permission: Permission) => boolean;
};

/** A method of oapi and the permission it requires. On old paths the fields stand beside errcode, on topapi under result. */
export type OapiMethod = { permission: Permission; run: (call: OapiCall) => unknown };

/** Runs the checks in the gateway's order, then the method. */
export async function runMethod(store: Store, c: SandboxContext, method: OapiMethod): Promise<unknown> {
  const refuse = c.req.path.startsWith("/topapi/") ? wrappedRefusal : plainRefusal;
  const token = requireToken(store, c, refuse);
  requireOapiLimits(store, c);
  const may = (permission: Permission) => isGranted(store, token, permission);
  if (!may(method.permission)) throw refuse("60011", permissionMessage(store, method.permission));
  const body = await readBody(c);
  if (!body) throw oapiRefusal(43_007, "需要授权");
  return method.run({ store, origin: requestOrigin(c), parameters: { ...c.req.query(), ...body }, may });
}

/**
 * The parameters of a call; throws DingTalk's refusal when they do not match the schema. A call without any parameter is
 * 40035. What else is wrong is 400002 for most methods and 40035 for those that document it.
 */
export function readParameters<Shape extends z.ZodType>(
  call: OapiCall,
  schema: Shape,
  options: { errcode?: 40_035 | 400_002 } = {},
): z.output<Shape> {
  const parsed = schema.safeParse(call.parameters);
  if (parsed.success) return parsed.data;
  const { errcode = isEmpty(call.parameters) ? 40_035 : 400_002 } = options;
  throw errcode === 40_035 ? oapiRefusal(40_035, "不合法的参数") : oapiRefusal(400_002, "无效的参数");
}

function isEmpty(parameters: Record<string, unknown>): boolean {
  return Object.keys(parameters).every((name) => name === "access_token");
}

function requireToken(store: Store, c: SandboxContext, refuse: typeof wrappedRefusal): CorpToken {
  const value = c.req.query("access_token");
  if (!value)
    throw refuse === wrappedRefusal ? refuse("40000", "access_token is blank") : refuse("41001", "缺少access_token");
  const token = findCorpToken(store, value);
  if (!token) throw refuse("40014", "不合法的access_token");
  return token;
}

/** The limits of every oapi path, those of the token endpoints too. */
export function requireOapiLimits(store: Store, c: SandboxContext): void {
  if (isOutsideWhitelist(store, c)) throw oapiRefusal(60_020, whitelistMessage(store, c));
  if (exceedsQpsLimit(store, c.req.path)) throw oapiRefusal(90_018, throttleMessage(c.req.path));
}

function whitelistMessage(store: Store, c: SandboxContext): string {
  const faq = "https://open.dingtalk.com/document/orgapp/internal-faq";
  return `访问ip不在白名单之中，请参考FAQ：${faq}，request ip=${callerAddress(c)} appKey(${store.options.clientId})`;
}

function permissionMessage(store: Store, permission: Permission): string {
  const apply = `https://open-dev.dingtalk.com/appscope/apply?content=${store.options.clientId}%23${permission}`;
  return `应用尚未开通所需的权限：[${permission}]，点击链接申请并开通即可：${apply}`;
}

/** Paths without /topapi/ do not wrap their refusals. */
function plainRefusal(code: string, message: string): Refusal {
  return oapiRefusal(Number(code), message);
}
