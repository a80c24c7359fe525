import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

test("all four endpoints return the same corp token during its lifetime, and another one after it", async () => {
  const { ask, corpToken, set, store } = createCaller();
  const { clientId, clientSecret, corpId } = store.options;
  const first = await corpToken();
  const body = { client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" };
  const unified = await ask("POST", `/v1.0/oauth2/${corpId}/token`, { body });
  expect(unified.json).toEqual({ access_token: first, expires_in: 7200 });
  const legacy = await ask("GET", `/gettoken?appkey=${clientId}&appsecret=${clientSecret}`);
  expect(legacy.json).toEqual({ errcode: 0, errmsg: "ok", access_token: first, expires_in: 7200 });
  await set({ clockOffsetSeconds: 7201 });
  expect(await corpToken()).not.toBe(first);
});

test("a second request extends the lifetime of the corp token", async () => {
  const { corpToken, topapi, set } = createCaller();
  const token = await corpToken();
  await set({ clockOffsetSeconds: 7000 });
  await corpToken();
  await set({ clockOffsetSeconds: 14_000 });
  expect((await topapi(token, "user/listadmin")).json.errcode).toBe(0);
});

test("a revoked permission takes effect at once, a granted one only with a new corp token", async () => {
  const { corpToken, topapi, set } = createCaller();
  await set({ permissions: ["qyapi_base"] });
  const old = await corpToken();
  await set({ permissions: ["qyapi_base", "qyapi_get_member"] });
  expect((await topapi(old, "user/listadmin")).json.sub_code).toBe("60011");
  const fresh = await corpToken();
  expect((await topapi(fresh, "user/listadmin")).json.errcode).toBe(0);
  await set({ permissions: ["qyapi_base"] });
  expect((await topapi(fresh, "user/listadmin")).json.sub_code).toBe("60011");
});

test("corp tokens stay valid after a reset, revokeTokens ends them", async () => {
  const { ask, corpToken, topapi, set } = createCaller();
  await set({ permissions: ["qyapi_base"] });
  const token = await corpToken();
  await ask("POST", "/_sandbox/reset");
  expect((await topapi(token, "user/listadmin")).json.errcode).toBe(0);
  await set({ revokeTokens: true });
  expect((await topapi(token, "user/listadmin")).json.sub_code).toBe("40014");
});

test("each token endpoint has its own refusals", async () => {
  const { ask, store } = createCaller();
  const { clientId, clientSecret, corpId } = store.options;
  const body = { client_id: clientId, client_secret: "wrong", grant_type: "client_credentials" };
  expect((await ask("POST", `/v1.0/oauth2/${corpId}/token`, { body })).json.code).toBe("invalid.client");
  const grant = { ...body, grant_type: "password" };
  expect((await ask("POST", `/v1.0/oauth2/${corpId}/token`, { body: grant })).json.code).toBe("unsupported.grant.type");
  const elsewhere = await ask("POST", "/v1.0/oauth2/dingunknown/token", { body });
  expect([elsewhere.status, elsewhere.json.code]).toEqual([500, "unknownError"]);
  expect((await ask("GET", `/gettoken?appkey=${clientId}&appsecret=x`)).json.errcode).toBe(40_096);
  expect((await ask("POST", `/gettoken?appkey=${clientId}&appsecret=${clientSecret}`)).json.errcode).toBe(40_035);
});
