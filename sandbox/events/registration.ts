import { z } from "zod";
import { now } from "../clock";
import { type OapiCall, type OapiMethod } from "../oapi/gateway";
import { oapiRefusal } from "../refusal";
import { isLoopback } from "../settings";
import { type Store } from "../store";
import { failedEntry } from "./body";
import { postEvent } from "./callback";
import { createEvent } from "./emit";
import { type Callback } from "./records";

const permission = "qyapi_base";

/** The older way to register an address, for the whole company: GET unless postMethods says otherwise. */
export const callbackMethods: Record<string, OapiMethod> = {
  "/call_back/register_call_back": { permission, run: registerCallback },
  "/call_back/update_call_back": { permission, run: updateCallback },
  "/call_back/get_call_back": { permission, run: getCallback },
  "/call_back/delete_call_back": { permission, run: deleteCallback },
  "/call_back/get_call_back_failed_result": { permission, run: takeFailedEvents },
};

export const postCallbackPaths = ["/call_back/register_call_back", "/call_back/update_call_back"];

const registrationSchema = z.object({
  call_back_tag: z.array(z.string()).min(1),
  token: z.string().min(6).max(63),
  aes_key: z.string(),
  url: z.string(),
});

const checkTimeoutMs = 1500;

async function registerCallback(call: OapiCall) {
  if (call.store.registeredCallback) throw oapiRefusal(71_006, "回调地址已经存在");
  call.store.registeredCallback = await verifyCallback(call);
}

async function updateCallback(call: OapiCall) {
  requireCallback(call.store);
  call.store.registeredCallback = await verifyCallback(call);
}

function getCallback({ store }: OapiCall) {
  const { url, token, aesKey, types } = requireCallback(store);
  return { call_back_tag: types, token, aes_key: aesKey, url };
}

function deleteCallback({ store }: OapiCall) {
  requireCallback(store);
  store.registeredCallback = null;
}

function requireCallback(store: Store): Callback {
  if (store.registeredCallback) return store.registeredCallback;
  throw oapiRefusal(71_007, "回调地址已不存在");
}

/** Checks what is to be registered and sends check_url to the address, which has to answer "success". */
async function verifyCallback(call: OapiCall): Promise<Callback> {
  const callback = readCallback(call);
  const event = createEvent(call.store, { type: "check_url" });
  const { status, answer } = await postEvent(call.store, callback, { event, timeoutMs: checkTimeoutMs });
  if (status === 0) throw oapiRefusal(71_012, "url地址访问异常");
  if (answer !== "success") throw oapiRefusal(71_009, "返回文本非success");
  return callback;
}

/** Like DingTalk, which takes public addresses only, the sandbox refuses what it may not call: addresses beyond loopback. */
function readCallback({ store, parameters }: OapiCall): Callback {
  const parsed = registrationSchema.safeParse(parameters);
  if (!parsed.success) throw oapiRefusal(71_010, "POST的JSON数据不包含所需要的参数字段或包含的参数格式非法");
  const { call_back_tag: types, token, aes_key: aesKey, url } = parsed.data;
  if (!/^[a-zA-Z0-9]{43}$/.test(aesKey)) throw oapiRefusal(900_004, "不合法的aeskey");
  if (!URL.canParse(url)) throw oapiRefusal(71_011, "传入的url参数不是合法的url格式");
  if (!isLoopback(url)) throw oapiRefusal(71_013, "此域名或IP不能注册或者接收回调事件");
  return { url, token, aesKey, types, owner: store.options.corpId };
}

const failedPageSize = 200;

/** A call removes what it returns. An event leaves the list after some minutes, whether it was read or not. */
function takeFailedEvents({ store }: OapiCall) {
  dropOldFailures(store);
  const taken = store.failedEvents.splice(0, failedPageSize);
  return { has_more: store.failedEvents.length > 0, failed_list: taken.map(({ event }) => failedEntry(event)) };
}

function dropOldFailures(store: Store): void {
  const since = now(store) - store.settings.push.failedListSeconds * 1000;
  store.failedEvents = store.failedEvents.filter(({ failedAt }) => failedAt > since);
}
