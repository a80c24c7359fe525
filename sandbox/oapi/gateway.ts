import { type z } from "zod";
import { callerAddress, readBody, type SandboxContext } from "../context";
import { findCorpToken, isGranted } from "../identity/tokens";
import { isForeignAddress, isTooFrequent, throttleText } from "../limits";
import { type CorpToken } from "../records";
import { oapiRefusal, type Refusal, wrappedRefusal } from "../refusal";
import { type Permission } from "../settings";
import { type Store } from "../store";

export type OapiCall = {
  store: Store;
  parameters: Record<string, unknown>;
  may: (permission: Permission) => boolean;
};

/** One method of oapi: what it needs and what it answers. Old paths name their whole answer, topapi its result. */
export type OapiMethod = { permission: Permission; run: (call: OapiCall) => unknown };

/** The gateway's checks in its order, then the method. */
export async function runMethod(store: Store, c: SandboxContext, method: OapiMethod): Promise<unknown> {
  const refuse = c.req.path.startsWith("/topapi/") ? wrappedRefusal : plainRefusal;
  const token = requireToken(store, c, refuse);
  requireCalmCaller(store, c);
  const may = (permission: Permission) => isGranted(store, token, permission);
  if (!may(method.permission)) throw refuse("60011", permissionText(store, method.permission));
  const body = await readBody(c);
  if (!body) throw oapiRefusal(43_007, "需要授权");
  return method.run({ store, parameters: { ...c.req.query(), ...body }, may });
}

/** The parameters in the shape the method wants, or DingTalk's complaint about them. */
export function readParameters<Shape extends z.ZodType>(call: OapiCall, schema: Shape): z.output<Shape> {
  const parsed = schema.safeParse(call.parameters);
  if (!parsed.success) throw oapiRefusal(400_002, "无效的参数");
  return parsed.data;
}

function requireToken(store: Store, c: SandboxContext, refuse: typeof wrappedRefusal): CorpToken {
  const value = c.req.query("access_token");
  if (!value)
    throw refuse === wrappedRefusal ? refuse("40000", "access_token is blank") : refuse("41001", "缺少access_token");
  const token = findCorpToken(store, value);
  if (!token) throw refuse("40014", "不合法的access_token");
  return token;
}

function requireCalmCaller(store: Store, c: SandboxContext): void {
  if (isForeignAddress(store, c)) throw oapiRefusal(60_020, foreignText(store, c));
  if (isTooFrequent(store, c.req.path)) throw oapiRefusal(90_018, throttleText(c.req.path));
}

function foreignText(store: Store, c: SandboxContext): string {
  const faq = "https://open.dingtalk.com/document/orgapp/internal-faq";
  return `访问ip不在白名单之中，请参考FAQ：${faq}，request ip=${callerAddress(c)} appKey(${store.options.clientId})`;
}

function permissionText(store: Store, permission: Permission): string {
  const apply = `https://open-dev.dingtalk.com/appscope/apply?content=${store.options.clientId}%23${permission}`;
  return `应用尚未开通所需的权限：[${permission}]，点击链接申请并开通即可：${apply}`;
}

/** Old paths, those without /topapi/, do not wrap. */
function plainRefusal(code: string, message: string): Refusal {
  return oapiRefusal(Number(code), message);
}
