import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";

const parameters = {
  appid: "dingsandbox0client0001",
  response_type: "code",
  scope: "snsapi_login",
  state: "s1",
  redirect_uri: "http://localhost:3000/cb?old=1",
};

function createSnsCaller() {
  const caller = createCaller();
  const { clientId, clientSecret } = caller.store.options;
  const post = (path: string, form: Record<string, string>) =>
    caller.app.request(path, { method: "POST", body: new URLSearchParams(form) });

  async function userInfo(code: string, changes: Record<string, string> = {}) {
    const timestamp = String(Date.now());
    const signature = createHmac("sha256", clientSecret).update(timestamp).digest("base64");
    const query = new URLSearchParams({ accessKey: clientId, timestamp, signature, ...changes });
    return (await caller.ask("POST", `/sns/getuserinfo_bycode?${query}`, { body: { tmp_auth_code: code } })).json;
  }
  return { ...caller, post, userInfo };
}

test("qrconnect returns an sns code, which names the account once", async () => {
  const { ask, post, userInfo, store } = createSnsCaller();
  const query = new URLSearchParams(parameters);
  expect((await ask("GET", `/connect/qrconnect?${query}`)).text).toContain("李雷");
  const answer = await post(`/connect/sign_in_as?${query}`, { person: "user0001" });
  const url = new URL(answer.headers.get("location") ?? "");
  expect([...url.searchParams.keys()]).toEqual(["old", "code", "state"]);
  const code = url.searchParams.get("code") ?? "";
  const { unionid, openid } = store.people.find("user0001") ?? {};
  expect(await userInfo(code)).toEqual({
    errcode: 0,
    errmsg: "ok",
    user_info: { nick: "李雷", unionid, openid, main_org_auth_high_level: false },
  });
  expect((await userInfo(code)).errcode).toBe(40_078);
});

test("the frame posts a loginTmpCode to the origin of redirect_uri, which sns_authorize exchanges once", async () => {
  const { ask, post, userInfo } = createSnsCaller();
  const goto = `https://oapi.dingtalk.com/connect/oauth2/sns_authorize?${new URLSearchParams(parameters)}`;
  const frame = `?${new URLSearchParams({ goto, style: "border:none" })}`;
  const panel = await ask("GET", `/login/qrcode.htm${frame}`);
  expect([panel.status, panel.headers.get("content-security-policy")]).toEqual([200, null]);
  const page = await (await post(`/login/tmp_code${frame}`, { person: "user0002" })).text();
  const loginTmpCode = page.match(/postMessage\("([0-9a-f]{32})", "http:\/\/localhost:3000"\)/)?.[1] ?? "";
  const authorize = `/connect/oauth2/sns_authorize?${new URLSearchParams({ ...parameters, loginTmpCode })}`;
  const location = new URL((await ask("GET", authorize)).headers.get("location") ?? "");
  expect((await userInfo(location.searchParams.get("code") ?? "")).errcode).toBe(0);
  expect((await ask("GET", authorize)).text).toContain("40078");
});

test("an unknown app, a foreign redirect and a wrong scope end on a page of this host", async () => {
  const { ask } = createSnsCaller();
  const page = async (changes: Record<string, string>) =>
    (await ask("GET", `/connect/qrconnect?${new URLSearchParams({ ...parameters, ...changes })}`)).text;
  expect(await page({ appid: "x" })).toContain("900103");
  expect(await page({ redirect_uri: "https://evil.test/" })).toContain("50001");
  expect(await page({ scope: "openid" })).toContain("scope");
  expect((await ask("GET", "/login/qrcode.htm?goto=x")).text).toContain("goto");
});

test("each wrong part of the signature has its own code", async () => {
  const { userInfo } = createSnsCaller();
  expect((await userInfo("c", { timestamp: "yesterday" })).errcode).toBe(853_001);
  expect((await userInfo("c", { timestamp: String(Date.now() - 61_000) })).errcode).toBe(853_002);
  expect((await userInfo("c", { accessKey: "x" })).errcode).toBe(853_003);
  expect((await userInfo("c", { signature: "x" })).errcode).toBe(853_004);
});

test("a silent code is accepted, an auth code is not and stays valid", async () => {
  const { userInfo, mint, exchange } = createSnsCaller();
  expect(await userInfo(await mint({ kind: "silent", userid: "user0001" }))).toMatchObject({ errcode: 0 });
  expect(await userInfo(await mint({ kind: "sns", userid: "user0001" }))).toMatchObject({ errcode: 0 });
  const code = await mint({ kind: "auth", userid: "user0001" });
  expect((await userInfo(code)).errcode).toBe(40_078);
  expect((await exchange(code)).status).toBe(200);
});
