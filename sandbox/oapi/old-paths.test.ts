import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

function createOldCaller() {
  const caller = createCaller();
  const get = async (path: string, query: Record<string, string> = {}) => {
    const parameters = new URLSearchParams({ access_token: await caller.corpToken(), ...query });
    return (await caller.ask("GET", `${path}?${parameters}`)).json;
  };
  return { ...caller, get };
}

test("/user/getuserinfo takes a silent code once and is flat", async () => {
  const { get, mint } = createOldCaller();
  const code = await mint({ kind: "silent", userid: "user0002" });
  expect(await get("/user/getuserinfo", { code })).toEqual({
    errcode: 0,
    errmsg: "ok",
    userid: "user0002",
    name: "韩梅梅",
    deviceId: expect.any(String),
    is_sys: true,
    sys_level: 1,
  });
  expect((await get("/user/getuserinfo", { code })).errcode).toBe(40_078);
  expect((await get("/user/getuserinfo")).errcode).toBe(41_026);
});

test("/user/getUseridByUnionid answers in camelCase, in both spellings of its path", async () => {
  const { get, store } = createOldCaller();
  const unionid = store.people.find("user0005")?.unionid ?? "";
  const contact = { errcode: 0, errmsg: "ok", contactType: 1, userid: "user0005" };
  expect(await get("/user/getUseridByUnionid", { unionid })).toEqual(contact);
  expect(await get("/user/getuseridbyunionid", { unionid })).toEqual(contact);
  expect((await get("/user/getUseridByUnionid", { unionid: "unknown" })).errcode).toBe(60_121);
  expect((await get("/user/getUseridByUnionid")).errcode).toBe(40_035);
});

test("/department/list has one level, or all with fetch_child", async () => {
  const { get, set } = createOldCaller();
  const technology = { id: 10, name: "技术中心", parentid: 1, createDeptGroup: false, autoAddUser: false };
  const level = await get("/department/list");
  expect(level.department).toHaveLength(5);
  expect(level.department).toContainEqual(technology);
  expect((await get("/department/list", { id: "1", fetch_child: "true" })).department).toHaveLength(11);
  expect((await get("/department/list", { id: "999" })).errcode).toBe(60_003);
  await set({ contactScope: { departments: [20], withoutPeople: [] } });
  expect((await get("/department/list", { id: "10" })).errcode).toBe(50_004);
});

test("/get_jsapi_ticket returns the ticket of the v1.0 call", async () => {
  const { ask, get, corpToken } = createOldCaller();
  const headers = { "x-acs-dingtalk-access-token": await corpToken() };
  const { jsapiTicket } = (await ask("POST", "/v1.0/oauth2/jsapiTickets", { headers })).json;
  expect(await get("/get_jsapi_ticket")).toEqual({ errcode: 0, errmsg: "ok", ticket: jsapiTicket, expires_in: 7200 });
});

test("/gettoken takes the company's secret too and names the pair that is wrong", async () => {
  const { ask, store } = createOldCaller();
  const { corpId, corpSecret } = store.options;
  const answer = async (query: string) => (await ask("GET", `/gettoken?${query}`)).json;
  expect((await answer(`corpid=${corpId}&corpsecret=${corpSecret}`)).errcode).toBe(0);
  expect((await answer(`corpid=${corpId}&corpsecret=wrong`)).errcode).toBe(40_089);
  expect((await answer(`corpid=${corpId}`)).errcode).toBe(40_089);
  expect((await answer("appkey=x&appsecret=y")).errcode).toBe(40_096);
  expect((await answer("")).errcode).toBe(41_001);
});

test("/sns/gettoken returns a token that is no corp token", async () => {
  const { ask, store, topapi } = createOldCaller();
  const { clientId, clientSecret } = store.options;
  const { json } = await ask("GET", `/sns/gettoken?appid=${clientId}&appsecret=${clientSecret}`);
  expect(json).toEqual({ errcode: 0, errmsg: "ok", access_token: expect.any(String) });
  expect((await topapi(String(json.access_token), "user/listadmin")).json.sub_code).toBe("40014");
  expect((await ask("GET", `/sns/gettoken?appid=${clientId}&appsecret=x`)).json.errcode).toBe(40_096);
});
