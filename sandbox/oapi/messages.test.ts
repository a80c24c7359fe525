import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

test("a work notification reaches members, and its result lists the unknown userids", async () => {
  const { ask, corpToken, topapi, store } = createCaller();
  const token = await corpToken();
  const agent_id = store.options.agentId;
  const msg = { msgtype: "text", text: { content: "新设备登录" } };
  const order = { agent_id, userid_list: "user0001,user0004", msg };
  const { json } = await topapi(token, "message/corpconversation/asyncsend_v2", order);
  expect(json).toMatchObject({ errcode: 0, task_id: expect.any(Number) });
  const result = await topapi(token, "message/corpconversation/getsendresult", { agent_id, task_id: json.task_id });
  expect(result.json.send_result).toMatchObject({
    unread_user_id_list: ["user0001"],
    invalid_user_id_list: ["user0004"],
  });
  expect((await ask("GET", "/_sandbox/phone?person=user0001")).text).toContain("新设备登录");
  const wrong = await topapi(token, "message/corpconversation/asyncsend_v2", { ...order, agent_id: 1 });
  expect(wrong.json.errcode).toBe(40_056);
});

test("a template reaches the same people, and its progress is complete", async () => {
  const { corpToken, topapi, store } = createCaller();
  const token = await corpToken();
  const agent_id = store.options.agentId;
  const order = { agent_id, template_id: "e27a9eed", userid_list: "user0001", data: '{"name":"李雷"}' };
  const { json } = await topapi(token, "message/corpconversation/sendbytemplate", order);
  expect(json).toMatchObject({ errcode: 0, task_id: expect.any(Number) });
  const msg = { msgtype: "template", template_id: "e27a9eed", data: { name: "李雷" } };
  expect(store.messages).toMatchObject([{ userids: ["user0001"], msg }]);
  const progress = (task_id: unknown) =>
    topapi(token, "message/corpconversation/getsendprogress", { agent_id, task_id });
  expect((await progress(json.task_id)).json).toMatchObject({ progress: { progress_in_percent: 100, status: 2 } });
  expect((await progress(1)).json.errcode).toBe(40_035);
  const foreign = await topapi(token, "message/corpconversation/sendbytemplate", { ...order, agent_id: 1 });
  expect(foreign.json).toMatchObject({ errcode: 400_002, errmsg: "agentId不合法" });
  const bare = await topapi(token, "message/corpconversation/sendbytemplate", { agent_id });
  expect(bare.json.errcode).toBe(40_035);
});
