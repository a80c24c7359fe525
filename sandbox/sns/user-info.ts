import { createHmac, timingSafeEqual } from "node:crypto";
import { now } from "../clock";
import { readBody, type SandboxContext } from "../http";
import { consumeCode } from "../identity/credentials";
import { requireOapiLimits } from "../oapi/gateway";
import { type Code } from "../records";
import { oapiRefusal } from "../refusal";
import { type Store } from "../store";

const longestSkewMs = 60_000;

/** POST /sns/getuserinfo_bycode: signed instead of authorised by a token. It takes an sns code or a silent code. */
export async function snsUserInfo(store: Store, c: SandboxContext) {
  requireOapiLimits(store, c);
  requireSignature(store, c.req.query());
  if (!store.settings.permissions.includes("open_app_api_base")) throw oapiRefusal(60_011, "没有调用该接口的权限");
  const code = consumeSnsCode(store, String((await readBody(c))?.tmp_auth_code ?? ""));
  const person = store.people.find(code?.userid ?? "");
  if (!person) throw oapiRefusal(40_078, "不存在的临时授权码");
  const { name: nick, unionid, openid } = person;
  return { errcode: 0, errmsg: "ok", user_info: { nick, unionid, openid, main_org_auth_high_level: false } };
}

function consumeSnsCode(store: Store, value: string): Code | null {
  const { clientId } = store.options;
  return (
    consumeCode(store, value, { kind: "sns", clientId }) ?? consumeCode(store, value, { kind: "silent", clientId })
  );
}

/** The signature is the HMAC of the timestamp alone, as the signature document and its code say. */
function requireSignature(store: Store, query: Record<string, string>): void {
  const { accessKey = "", timestamp = "", signature = "" } = query;
  if (!/^\d{13}$/.test(timestamp)) throw oapiRefusal(853_001, "timestamp参数格式不正确，必须是当前时间的毫秒数");
  if (Math.abs(now(store) - Number(timestamp)) > longestSkewMs) {
    throw oapiRefusal(853_002, "timestamp参数不合法，该参数值与钉钉服务器当前时间相差超过1分钟");
  }
  if (accessKey !== store.options.clientId) throw oapiRefusal(853_003, "accessKey参数不合法");
  const expected = createHmac("sha256", store.options.clientSecret).update(timestamp).digest();
  const given = Buffer.from(signature, "base64");
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw oapiRefusal(853_004, "signature参数不正确，与钉钉服务端计算出来的签名不一致");
}
