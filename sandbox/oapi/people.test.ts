import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

const unknownPerson = { errcode: 60_121, errmsg: "找不到该用户", request_id: expect.any(String) };

test("v2/user/get has the SDK's types, and an order that no number can hold", async () => {
  const { corpToken, topapi } = createCaller();
  const answer = await topapi(await corpToken(), "v2/user/get", { userid: "user0001" });
  expect(answer.json.result).toMatchObject({
    name: "李雷",
    manager_userid: "user0002",
    dept_id_list: [101, 102],
    leader_in_dept: [
      { dept_id: 101, leader: false },
      { dept_id: 102, leader: false },
    ],
    extension: '{"爱好":"旅游"}',
    hired_date: 1_597_573_616_828,
    active: true,
    admin: false,
  });
  expect(answer.text).toContain('"order":176294286838758512');
});

test("user0006 has no mobile, no email and a default picture", async () => {
  const { corpToken, topapi } = createCaller();
  const { json } = await topapi(await corpToken(), "v2/user/get", { userid: "user0006" });
  expect(json.result).toMatchObject({ avatar: "", state_code: "86" });
  for (const absent of ["mobile", "email", "org_email", "hired_date"]) expect(json.result).not.toHaveProperty(absent);
});

test("without the field permissions mobile and personal fields are absent", async () => {
  const { corpToken, topapi, set } = createCaller();
  await set({ permissions: ["qyapi_get_member"] });
  const { json } = await topapi(await corpToken(), "v2/user/get", { userid: "user0001" });
  for (const hidden of ["mobile", "email", "work_place", "extension"]) expect(json.result).not.toHaveProperty(hidden);
});

test("a disabled employee is found and inactive, a leaver is not found", async () => {
  const { corpToken, topapi } = createCaller();
  const token = await corpToken();
  const disabled = await topapi(token, "v2/user/get", { userid: "user0003" });
  expect(disabled.json.result).toMatchObject({ active: false });
  expect((await topapi(token, "v2/user/get", { userid: "user0004" })).json).toEqual(unknownPerson);
  expect((await topapi(token, "v2/user/get", { userid: "user0016" })).json.errcode).toBe(50_002);
  expect((await topapi(token, "v2/user/get", {})).json.errcode).toBe(33_012);
});

test("getbyunionid distinguishes members from contacts and finds no others", async () => {
  const { corpToken, topapi, store } = createCaller();
  const token = await corpToken();
  const ask = async (userid: string) => {
    const { json } = await topapi(token, "user/getbyunionid", { unionid: store.people.find(userid)?.unionid });
    return json.result ?? json;
  };
  expect(await ask("user0001")).toEqual({ contact_type: 0, userid: "user0001" });
  expect(await ask("user0005")).toEqual({ contact_type: 1, userid: "user0005" });
  expect(await ask("user0004")).toEqual(unknownPerson);
  expect(await ask("out0001")).toEqual(unknownPerson);
});

test("an outsider's silent code belongs to another company", async () => {
  const { corpToken, topapi, mint } = createCaller();
  const code = await mint({ kind: "silent", userid: "out0001" });
  expect((await topapi(await corpToken(), "v2/user/getuserinfo", { code })).json.errcode).toBe(40_078);
});

test("refusals of the gateway are wrapped on topapi and plain on old paths", async () => {
  const { ask, corpToken, topapi, set } = createCaller();
  expect((await topapi("bad", "v2/user/get")).json).toEqual({
    errcode: 88,
    sub_code: "40014",
    sub_msg: "不合法的access_token",
    errmsg: "ding talk error[subcode=40014,submsg=不合法的access_token]",
    request_id: expect.any(String),
  });
  const plain = await ask("GET", "/user/get?access_token=bad&userid=user0001");
  expect(plain.json).toMatchObject({ errcode: 40_014, errmsg: "不合法的access_token" });
  await set({ permissions: ["qyapi_base"] });
  const denied = await topapi(await corpToken(), "v2/user/get", { userid: "user0001" });
  expect(denied.json).toMatchObject({ errcode: 88, sub_code: "60011" });
  expect(denied.json.sub_msg).toContain("[qyapi_get_member]");
});

test("an address outside the whitelist and too many calls are refused without a wrapper", async () => {
  const { corpToken, topapi, set } = createCaller();
  const token = await corpToken();
  await set({ ipWhitelist: ["203.0.113.1"] });
  const foreign = await topapi(token, "v2/user/get", { userid: "user0001" });
  expect(foreign.json).toMatchObject({ errcode: 60_020, errmsg: expect.stringContaining("request ip=127.0.0.1") });
  await set({ ipWhitelist: null, qpsLimit: 1 });
  await topapi(token, "user/listadmin");
  expect((await topapi(token, "user/listadmin")).json.errcode).toBe(90_018);
});

test("legacy /user/get is flat and has two strings that are not JSON", async () => {
  const { ask, corpToken, set } = createCaller();
  const path = `/user/get?access_token=${await corpToken()}&userid=user0001`;
  expect((await ask("GET", path)).json).toMatchObject({
    errcode: 0,
    position: "研发工程师",
    department: [101, 102],
    orderInDepts: "{101:176294286838758512,102:20}",
    isLeaderInDepts: "{101:false,102:false}",
    extattr: { 爱好: "旅游" },
  });
  await set({ legacyUserGet: false });
  expect((await ask("GET", path)).json.errcode).toBe(60_011);
});

test("an unknown method is errcode 22, and a form is accepted like JSON", async () => {
  const { app, corpToken, topapi } = createCaller();
  const token = await corpToken();
  expect((await topapi(token, "v2/user/nothing")).json.errcode).toBe(22);
  const body = new URLSearchParams({ userid: "user0002" });
  const answer = await app.request(`/topapi/v2/user/get?access_token=${token}`, { method: "POST", body });
  expect(await answer.json()).toMatchObject({ errcode: 0, result: { admin: true } });
});

test("the members of a department are listed in pages", async () => {
  const { ask, corpToken, topapi } = createCaller();
  await ask("POST", "/_sandbox/people", { body: { count: 30 } });
  const token = await corpToken();
  const first = await topapi(token, "user/listsimple", { dept_id: 101, cursor: 0, size: 4 });
  expect(first.json.result).toMatchObject({ has_more: true, next_cursor: 4 });
  const tooMany = { dept_id: 101, cursor: 0, size: 101 };
  expect((await topapi(token, "user/listsimple", tooMany)).json.errcode).toBe(400_002);
  expect((await topapi(token, "v2/user/list", tooMany)).json.errcode).toBe(40_035);
});

test("a picture is at the address that was asked", async () => {
  const { app, corpToken, mint, exchange } = createCaller();
  const token = await corpToken();
  const asked = "http://127.0.0.1:4567";
  const body = JSON.stringify({ userid: "user0001" });
  const employee = await app.request(`${asked}/topapi/v2/user/get?access_token=${token}`, { method: "POST", body });
  expect(await employee.json()).toMatchObject({ result: { avatar: `${asked}/_sandbox/avatars/user0001.svg` } });
  const legacy = await app.request(`${asked}/user/get?access_token=${token}&userid=user0001`);
  expect(await legacy.json()).toMatchObject({ avatar: `${asked}/_sandbox/avatars/user0001.svg` });
  const { json } = await exchange(await mint({ kind: "auth", userid: "user0001" }));
  const headers = { "x-acs-dingtalk-access-token": String(json.accessToken) };
  const me = await app.request(`${asked}/v1.0/contact/users/me`, { headers });
  expect(await me.json()).toMatchObject({ avatarUrl: `${asked}/_sandbox/avatars/user0001.svg` });
});
