import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

const notFound = {
  code: "invalidParameter.authCode.notFound",
  requestid: expect.any(String),
  message: "不合法的临时授权码",
};

test("an auth code is exchanged for one user token, once", async () => {
  const { mint, exchange } = createCaller();
  const code = await mint({ kind: "auth", userid: "user0001" });
  const first = await exchange(code);
  const hex = expect.stringMatching(/^[0-9a-f]{32}$/);
  expect(first.json).toEqual({ accessToken: hex, refreshToken: hex, expireIn: 7200 });
  const second = await exchange(code);
  expect(second.status).toBe(400);
  expect(second.json).toEqual(notFound);
});

test("a silent code is unknown here and stays valid for getuserinfo", async () => {
  const { mint, exchange, corpToken, topapi } = createCaller();
  const code = await mint({ kind: "silent", userid: "user0001" });
  expect((await exchange(code)).json).toEqual(notFound);
  const answer = await topapi(await corpToken(), "v2/user/getuserinfo", { code });
  expect(answer.json.result).toMatchObject({ userid: "user0001", name: "李雷", sys: false, sys_level: 0 });
});

test("getuserinfo refuses an auth code", async () => {
  const { mint, corpToken, topapi } = createCaller();
  const code = await mint({ kind: "auth", userid: "user0001" });
  const answer = await topapi(await corpToken(), "v2/user/getuserinfo", { code });
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ errcode: 40_078, errmsg: "不存在的临时授权码", request_id: expect.any(String) });
});

test("a code expires after 300 seconds", async () => {
  const { mint, exchange, set } = createCaller();
  const code = await mint({ kind: "auth", userid: "user0001" });
  await set({ clockOffsetSeconds: 301 });
  expect((await exchange(code)).json).toEqual(notFound);
});

test("a code issued for another app is refused", async () => {
  const { mint, exchange } = createCaller();
  const code = await mint({ kind: "auth", userid: "user0001", clientId: "dinganother0client01" });
  expect((await exchange(code)).status).toBe(400);
});

test("the company is named only when the scope includes corpid", async () => {
  const { mint, exchange, store } = createCaller();
  const inside = await exchange(await mint({ kind: "auth", userid: "user0001", scope: "openid corpid" }));
  expect(inside.json.corpId).toBe(store.options.corpId);
  const outside = await exchange(await mint({ kind: "auth", userid: "out0001", scope: "openid corpid" }));
  expect(outside.json.corpId).not.toBe(store.options.corpId);
});

test("a second code within the token's lifetime renews the same user token", async () => {
  const { mint, exchange } = createCaller();
  const first = await exchange(await mint({ kind: "auth", userid: "user0001" }));
  const second = await exchange(await mint({ kind: "auth", userid: "user0001" }));
  expect(second.json.accessToken).toBe(first.json.accessToken);
});

test("a refresh replaces both tokens and invalidates the old ones", async () => {
  const { mint, exchange, refresh, me } = createCaller();
  const { json: old } = await exchange(await mint({ kind: "auth", userid: "user0001" }));
  const { json: fresh } = await refresh(String(old.refreshToken));
  expect(fresh.accessToken).not.toBe(old.accessToken);
  expect((await me(String(old.accessToken))).status).toBe(400);
  expect((await refresh(String(old.refreshToken))).json).toEqual(notFound);
});

test("a wrong secret, a missing field and a form instead of JSON have different errors", async () => {
  const { ask, app } = createCaller();
  const path = "/v1.0/oauth2/userAccessToken";
  const wrong = await ask("POST", path, {
    body: { clientId: "x", clientSecret: "y", grantType: "authorization_code" },
  });
  expect(wrong.json).toMatchObject({ code: "invalidClientIdOrSecret", message: "无效的clientId或者clientSecret" });
  expect((await ask("POST", path, { body: { clientId: "x" } })).json.code).toBe("MissingclientSecret");
  const form = await app.request(path, { method: "POST", body: new URLSearchParams({ clientId: "x" }) });
  expect(await form.json()).toMatchObject({ code: "Missingbody", message: "body is mandatory for this action." });
});

test("a refresh token ends after 30 days, a second code prolongs it", async () => {
  const { mint, exchange, refresh, set } = createCaller();
  const day = 24 * 3600;
  const { json: first } = await exchange(await mint({ kind: "auth", userid: "user0001" }));
  await set({ clockOffsetSeconds: 30 * day - 10 });
  const { json: second } = await refresh(String(first.refreshToken));
  expect(second.accessToken).toMatch(/^[0-9a-f]{32}$/);
  await set({ clockOffsetSeconds: 60 * day });
  expect((await refresh(String(second.refreshToken))).json).toEqual(notFound);
});

test("only the two known grant types are accepted", async () => {
  const { ask, store } = createCaller();
  const { clientId, clientSecret } = store.options;
  const body = { clientId, clientSecret, grantType: "client_credentials", code: "c" };
  const answer = await ask("POST", "/v1.0/oauth2/userAccessToken", { body });
  expect([answer.status, answer.json.code]).toEqual([400, "unsupported.grant.type"]);
});

test("a repeated call prolongs the same jsapi ticket, at most to 24 hours", async () => {
  const { ask, corpToken, set } = createCaller();
  const ticketAfter = async (hours: number) => {
    await set({ clockOffsetSeconds: hours * 3600 });
    const headers = { "x-acs-dingtalk-access-token": await corpToken() };
    return (await ask("POST", "/v1.0/oauth2/jsapiTickets", { headers })).json;
  };
  const first = await ticketAfter(0);
  expect(first).toEqual({ jsapiTicket: expect.stringMatching(/^[0-9a-f]{64}$/), expireIn: 7200 });
  for (let hours = 1.5; hours < 24; hours += 1.5)
    expect((await ticketAfter(hours)).jsapiTicket).toBe(first.jsapiTicket);
  expect((await ticketAfter(23.5)).expireIn).toBeLessThanOrEqual(1800);
  expect((await ticketAfter(24.1)).jsapiTicket).not.toBe(first.jsapiTicket);
});

test("the token endpoints follow the exit-IP whitelist", async () => {
  const { ask, set, store } = createCaller();
  await set({ ipWhitelist: ["203.0.113.1"] });
  const { clientId, clientSecret, corpId } = store.options;
  for (const path of ["userAccessToken", "accessToken", `${corpId}/token`]) {
    const answer = await ask("POST", `/v1.0/oauth2/${path}`, { body: {} });
    expect([path, answer.status, answer.json.code]).toEqual([path, 403, "Forbidden.AccessDenied.IpNotInWhiteList"]);
  }
  const legacy = await ask("GET", `/gettoken?appkey=${clientId}&appsecret=${clientSecret}`);
  expect(legacy.json.errcode).toBe(60_020);
});
