import { expect, test } from "vitest";
import { createCaller } from "../test-caller";

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
