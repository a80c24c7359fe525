import { z } from "zod";
import { now } from "../clock";
import { parseObject } from "../http";
import { type Message } from "../records";
import { oapiRefusal } from "../refusal";
import { type Store } from "../store";
import { type OapiCall, type OapiMethod, readParameters } from "./gateway";

const recipientsSchema = z.object({
  agent_id: z.coerce.number(),
  userid_list: z.string().default(""),
  dept_id_list: z.string().default(""),
});

const templateSchema = recipientsSchema.extend({ template_id: z.string().min(1), data: z.string().default("{}") });

const messageSchema = recipientsSchema.extend({
  to_all_user: z.union([z.boolean(), z.stringbool()]).default(false),
  msg: z.union([z.looseObject({ msgtype: z.string() }), z.string()]),
});

const taskSchema = z.object({ agent_id: z.coerce.number(), task_id: z.coerce.number() });

type Recipients = { userid_list: string; dept_id_list: string; to_all_user?: boolean };

export const messageMethods: Record<string, OapiMethod> = {
  "/topapi/message/corpconversation/asyncsend_v2": { permission: "qyapi_base", run: sendMessage },
  "/topapi/message/corpconversation/sendbytemplate": { permission: "qyapi_base", run: sendByTemplate },
  "/topapi/message/corpconversation/getsendprogress": { permission: "qyapi_base", run: getSendProgress },
  "/topapi/message/corpconversation/getsendresult": { permission: "qyapi_base", run: getSendResult },
};

/** The results of these methods stand beside errcode, not under result. */
export const flatMethods = Object.keys(messageMethods);

export function messagesOf(store: Store, userid: string): Message[] {
  return store.messages.filter((message) => message.userids.includes(userid));
}

function sendMessage(call: OapiCall) {
  const request = readParameters(call, messageSchema, { errcode: 40_035 });
  requireAgent(call, request.agent_id);
  const msg = typeof request.msg === "string" ? parseObject(request.msg) : request.msg;
  return { task_id: deliver(call.store, request, msg) };
}

/** The templates of the console are not simulated: every template_id exists, and the message repeats what was sent. */
function sendByTemplate(call: OapiCall) {
  const request = readParameters(call, templateSchema, { errcode: 40_035 });
  if (request.agent_id !== call.store.options.agentId) throw oapiRefusal(400_002, "agentId不合法");
  const msg = { msgtype: "template", template_id: request.template_id, data: parseObject(request.data) };
  return { task_id: deliver(call.store, request, msg) };
}

function deliver(store: Store, request: Recipients, msg: unknown): number {
  const recipients = new Set([...split(request.userid_list), ...departmentRecipients(store, request)]);
  const [userids, unknownUserids] = partition([...recipients], (userid) => isMember(store, userid));
  const taskId = 256_271_667_526 + store.messages.length;
  store.messages.push({ taskId, userids, unknownUserids, msg, at: now(store) });
  return taskId;
}

/** A message arrives at once, so its progress is always complete. */
function getSendProgress(call: OapiCall) {
  const query = readParameters(call, taskSchema, { errcode: 40_035 });
  if (query.agent_id !== call.store.options.agentId || !findTask(call, query.task_id)) {
    throw oapiRefusal(40_035, "不合法的参数");
  }
  return { progress: { progress_in_percent: 100, status: 2 } };
}

function getSendResult(call: OapiCall) {
  const query = readParameters(call, taskSchema, { errcode: 40_035 });
  requireAgent(call, query.agent_id);
  const message = findTask(call, query.task_id);
  if (!message) throw oapiRefusal(400_002, "无效的参数");
  return {
    send_result: {
      invalid_user_id_list: message.unknownUserids,
      forbidden_user_id_list: [],
      failed_user_id_list: [],
      read_user_id_list: [],
      unread_user_id_list: message.userids,
      invalid_dept_id_list: [],
    },
  };
}

function findTask({ store }: OapiCall, taskId: number): Message | null {
  return store.messages.find((message) => message.taskId === taskId) ?? null;
}

function requireAgent(call: OapiCall, agentId: number): void {
  if (agentId !== call.store.options.agentId) throw oapiRefusal(40_056, "不合法的agentid");
}

function departmentRecipients(store: Store, request: Recipients): string[] {
  const departmentIds = split(request.dept_id_list).map(Number);
  const isAddressed = (ids: number[]) => request.to_all_user || ids.some((id) => departmentIds.includes(id));
  const people = store.people.all().filter((person) => isAddressed(person.departments.map((place) => place.id)));
  return people.map((person) => person.userid).filter((userid) => isMember(store, userid));
}

function isMember(store: Store, userid: string): boolean {
  return store.people.find(userid)?.membership === "member";
}

function split(list: string): string[] {
  return list.split(",").filter((entry) => entry !== "");
}

function partition(entries: string[], holds: (entry: string) => boolean): [string[], string[]] {
  return [entries.filter(holds), entries.filter((entry) => !holds(entry))];
}
