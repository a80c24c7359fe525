import { z } from "zod";
import { now } from "../clock";
import { parseObject } from "../http";
import { type Message } from "../records";
import { oapiRefusal } from "../refusal";
import { type Store } from "../store";
import { type OapiCall, type OapiMethod, readParameters } from "./gateway";

const messageSchema = z.object({
  agent_id: z.coerce.number(),
  userid_list: z.string().default(""),
  dept_id_list: z.string().default(""),
  to_all_user: z.union([z.boolean(), z.stringbool()]).default(false),
  msg: z.union([z.looseObject({ msgtype: z.string() }), z.string()]),
});

export const messageMethods: Record<string, OapiMethod> = {
  "/topapi/message/corpconversation/asyncsend_v2": { permission: "qyapi_base", run: sendMessage },
  "/topapi/message/corpconversation/getsendresult": { permission: "qyapi_base", run: getSendResult },
};

/** The results of these methods stand beside errcode, not under result. */
export const flatMethods = Object.keys(messageMethods);

export function messagesOf(store: Store, userid: string): Message[] {
  return store.messages.filter((message) => message.userids.includes(userid));
}

function sendMessage(call: OapiCall) {
  const request = readParameters(call, messageSchema);
  requireAgent(call, request.agent_id);
  const recipients = new Set([...split(request.userid_list), ...departmentRecipients(call.store, request)]);
  const [userids, unknownUserids] = partition([...recipients], (userid) => isMember(call.store, userid));
  const msg = typeof request.msg === "string" ? parseObject(request.msg) : request.msg;
  const taskId = 256_271_667_526 + call.store.messages.length;
  call.store.messages.push({ taskId, userids, unknownUserids, msg, at: now(call.store) });
  return { task_id: taskId };
}

function getSendResult(call: OapiCall) {
  const query = readParameters(call, z.object({ agent_id: z.coerce.number(), task_id: z.coerce.number() }));
  requireAgent(call, query.agent_id);
  const message = call.store.messages.find((one) => one.taskId === query.task_id);
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

function requireAgent(call: OapiCall, agentId: number): void {
  if (agentId !== call.store.options.agentId) throw oapiRefusal(40_056, "不合法的agentid");
}

function departmentRecipients(store: Store, request: z.output<typeof messageSchema>): string[] {
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
