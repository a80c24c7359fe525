import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

function createSuiteCaller() {
  const caller = createCaller();
  const { clientId: suiteKey, clientSecret: suiteSecret, corpId, ssoSecret } = caller.store.options;
  const post = (name: string, body: Record<string, unknown>) => caller.ask("POST", `/v1.0/oauth2/${name}`, { body });
  return { ...caller, post, suite: { suiteKey, suiteSecret, suiteTicket: "Test" }, corpId, ssoSecret };
}

test("corpAccessToken returns a new corp token each time", async () => {
  const { post, suite, corpId, topapi } = createSuiteCaller();
  const first = (await post("corpAccessToken", { ...suite, authCorpId: corpId })).json;
  expect(first).toEqual({ accessToken: expect.any(String), expireIn: 7200 });
  const second = (await post("corpAccessToken", { ...suite, authCorpId: corpId })).json;
  expect(second.accessToken).not.toBe(first.accessToken);
  expect((await topapi(String(first.accessToken), "user/listadmin")).json.errcode).toBe(0);
});

test("each wrong field of corpAccessToken has its own code", async () => {
  const { post, suite, corpId } = createSuiteCaller();
  const codeOf = async (changes: Record<string, unknown>) => {
    const { status, json } = await post("corpAccessToken", { ...suite, authCorpId: corpId, ...changes });
    expect(status).toBe(400);
    return json.code;
  };
  expect(await codeOf({ suiteKey: "x" })).toBe("invalidSuiteKey");
  expect(await codeOf({ suiteSecret: "x" })).toBe("invalidClientIdOrSecret");
  expect(await codeOf({ authCorpId: "dingother" })).toBe("invalidAuthInfo");
  expect(await codeOf({ suiteTicket: undefined })).toBe("MissingsuiteTicket");
});

test("the sso token is no corp token", async () => {
  const { post, corpId, ssoSecret, topapi } = createSuiteCaller();
  const { json } = await post("ssoAccessToken", { corpid: corpId, ssoSecret });
  expect(json).toEqual({ accessToken: expect.any(String), expireIn: 7200 });
  expect((await topapi(String(json.accessToken), "user/listadmin")).json.sub_code).toBe("40014");
  expect((await post("ssoAccessToken", { corpid: corpId, ssoSecret: "x" })).json.code).toBe("invalidClientIdOrSecret");
});

test("authInfo names the company, the app and its admins", async () => {
  const { ask, post, suite, corpId, store } = createSuiteCaller();
  const { json: token } = await post("suiteAccessToken", suite);
  const headers = { "x-acs-dingtalk-access-token": String(token.accessToken) };
  const read = (query: string) => ask("GET", `/v1.0/oauth2/apps/authInfo${query}`, { headers });
  expect((await read(`?authCorpId=${corpId}`)).json).toMatchObject({
    authAppInfo: { agentList: [{ agentId: store.options.agentId, adminList: ["user0002"] }] },
    authCorpInfo: { corpName: "星河科技" },
    authUserInfo: { userId: "user0002" },
  });
  expect((await read("?authCorpId=dingother")).json.code).toBe("orgNotAuthApp");
  expect((await read("")).json.code).toBe("invalidCorpId");
});
