import { expect, test } from "vitest";
import { z } from "zod";
import { createCaller } from "../../test/sandbox-caller";
import { parseObject } from "../http";

const parameters = {
  client_id: "dingsandbox0client0001",
  redirect_uri: "http://localhost:3000/api/auth/callback/dingtalk",
  response_type: "code",
  scope: "openid",
  prompt: "consent",
  state: "a-state.of~our_own",
};

function authPath(changes: Record<string, string> = {}): string {
  return `/oauth2/auth?${new URLSearchParams({ ...parameters, ...changes })}`;
}

function createBrowser() {
  const caller = createCaller();
  const post = (path: string, form: Record<string, string>, cookie = "") =>
    caller.app.request(path, { method: "POST", body: new URLSearchParams(form), headers: { cookie } });
  const json = async (path: string, form: Record<string, string>) =>
    parseObject(await (await post(`/oauth2/${path}`, form)).text()) ?? {};
  const openQr = async () => {
    const { result } = await json("generate_qrcode", parameters);
    return new URL(String(result)).searchParams.get("code") ?? "";
  };
  const poll = (code: string) => json("login_with_qr", { ...parameters, code });
  return { ...caller, post, json, openQr, poll };
}

async function signedIn() {
  const browser = createBrowser();
  const query = new URLSearchParams(parameters);
  const answer = await browser.post(`/oauth2/sign_in_as?${query}`, { person: "user0001" });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const decide = (decision: string, changes: Record<string, string> = {}) =>
    browser.post(`/oauth2/consent?${new URLSearchParams({ ...parameters, ...changes })}`, { decision }, cookie);
  return { ...browser, cookie, decide };
}

test("a browser without a login session is redirected to the challenge page with the same parameters", async () => {
  const { ask } = createBrowser();
  const answer = await ask("GET", authPath());
  expect(answer.status).toBe(302);
  const location = new URL(answer.headers.get("location") ?? "", "http://localhost");
  expect(location.pathname).toBe("/oauth2/challenge.htm");
  expect(Object.fromEntries(location.searchParams)).toEqual(parameters);
});

test("an unknown app, a foreign redirect and a wrong prompt end on a page of this host", async () => {
  const { ask } = createBrowser();
  expect((await ask("GET", authPath({ client_id: "dingunknown" }))).text).toContain("900103");
  const foreign = await ask("GET", authPath({ redirect_uri: "http://localhost:3000.evil.test/cb" }));
  expect([foreign.status, foreign.headers.get("location")]).toEqual([200, null]);
  expect((await ask("GET", authPath({ prompt: "none" }))).text).toContain("prompt");
});

test("a whitelist entry with a path allows only itself, an entry without one its whole origin", async () => {
  const { ask, set } = createBrowser();
  await set({ redirectWhitelist: ["http://localhost:3000/only/here"] });
  expect((await ask("GET", authPath())).text).toContain("50001");
  expect((await ask("GET", authPath({ redirect_uri: "http://localhost:3000/only/here" }))).status).toBe(302);
  await set({ redirectWhitelist: ["http://localhost:3000"] });
  expect((await ask("GET", authPath())).status).toBe(302);
});

test("consent returns the code under both names with the state untouched", async () => {
  const { decide, exchange } = await signedIn();
  const location = new URL((await decide("agree")).headers.get("location") ?? "");
  const { authCode, code, state } = Object.fromEntries(location.searchParams);
  expect(authCode).toBe(code);
  expect(state).toBe(parameters.state);
  expect((await exchange(String(code))).status).toBe(200);
});

test("the setting codeParameter selects the names that older and newer services use", async () => {
  const { decide, set } = await signedIn();
  const names = async (codeParameter: string) => {
    await set({ codeParameter });
    return [...new URL((await decide("agree")).headers.get("location") ?? "").searchParams.keys()];
  };
  expect(await names("authCode")).toEqual(["authCode", "state"]);
  expect(await names("code")).toEqual(["code", "state"]);
});

test("declining adds an error to the query of the redirect address", async () => {
  const { decide } = await signedIn();
  const answer = await decide("decline", { redirect_uri: "http://localhost:3000/cb?from=frame" });
  const location = "http://localhost:3000/cb?from=frame&error=access_denied&state=a-state.of%7Eour_own";
  expect(answer.headers.get("location")).toBe(location);
});

test("in a frame the outcome is a message to the origin of redirect_uri only", async () => {
  const { decide } = await signedIn();
  const page = await (await decide("agree", { iframe: "true" })).text();
  expect(page).toContain('"parentOrigin":"http://localhost:3000"');
  expect(page).toMatch(/finishLogin\(\{"success":true,"redirectUrl":"http:\/\/localhost:3000\/api[^"]+"\}\)/);
});

test("only the pages made for a frame may be framed", async () => {
  const { ask } = createBrowser();
  const path = `/oauth2/challenge.htm?${new URLSearchParams(parameters)}`;
  expect((await ask("GET", path)).headers.get("content-security-policy")).toBe("frame-ancestors 'none'");
  expect((await ask("GET", `${path}&iframe=true`)).headers.get("content-security-policy")).toBeNull();
});

test("a browser with a login session is asked for consent only, until it logs out", async () => {
  const { ask, cookie } = await signedIn();
  expect((await ask("GET", authPath(), { headers: { cookie } })).text).toContain("同意并登录");
  await ask("GET", "/oauth2/logout", { headers: { cookie } });
  expect((await ask("GET", authPath(), { headers: { cookie } })).status).toBe(302);
});

test("logging out redirects to the app or to this host, not to other sites", async () => {
  const { ask } = createBrowser();
  const home = await ask("GET", `/oauth2/logout?continue=${encodeURIComponent("http://localhost:3000/login")}`);
  expect(home.headers.get("location")).toBe("http://localhost:3000/login");
  expect((await ask("GET", "/oauth2/logout?continue=//evil.test")).headers.get("location")).toBeNull();
});

test("a QR code moves from waiting to scanned to confirmed, and yields one auth code", async () => {
  const { ask, post, json, openQr, poll, set, exchange } = createBrowser();
  await set({ longPollMs: 0 });
  const code = await openQr();
  expect(await poll(code)).toEqual({ success: false, errorCode: "11021" });
  await ask("GET", `/oauth2/qr_confirm.htm?code=${code}&person=user0001`);
  expect(await poll(code)).toEqual({ success: false, errorCode: "11041" });
  await post("/oauth2/qr_confirm", { code, person: "user0001", decision: "confirm" });
  expect(await poll(code)).toMatchObject({ success: true, result: { pass: true } });
  const { result } = await json("confirm_auth", { ...parameters, code });
  const url = new URL(z.object({ url: z.url() }).parse(result).url);
  expect((await exchange(url.searchParams.get("authCode") ?? "")).status).toBe(200);
  expect(await json("confirm_auth", { ...parameters, code })).toMatchObject({ success: false, errorCode: "11019" });
});

test("a pending poll returns as soon as the phone scans", async () => {
  const { ask, openQr, poll, set } = createBrowser();
  await set({ longPollMs: 60_000 });
  const code = await openQr();
  const waiting = poll(code);
  await ask("GET", `/oauth2/qr_confirm.htm?code=${code}`);
  expect(await waiting).toEqual({ success: false, errorCode: "11041" });
});

test("a QR code that is cancelled, old or unknown has expired", async () => {
  const { post, openQr, poll, set, ask } = createBrowser();
  await set({ longPollMs: 0 });
  const expired = { success: false, errorCode: "11019" };
  const cancelled = await openQr();
  await post("/oauth2/qr_confirm", { code: cancelled, person: "user0001", decision: "cancel" });
  expect(await poll(cancelled)).toEqual(expired);
  const old = await openQr();
  await set({ clockOffsetSeconds: 181 });
  expect(await poll(old)).toEqual(expired);
  expect((await ask("GET", `/oauth2/qr_confirm.htm?code=${old}`)).text).toContain("二维码已失效");
  expect(await poll("unknown")).toEqual(expired);
});

test("outsiders can sign in unless loginRefusesOutsiders is set", async () => {
  const { post, json, openQr, set } = createBrowser();
  const signInByQr = async () => {
    const code = await openQr();
    await post("/oauth2/qr_confirm", { code, person: "out0001", decision: "confirm" });
    return json("confirm_auth", { ...parameters, code });
  };
  expect(await signInByQr()).toMatchObject({ success: true });
  await set({ loginRefusesOutsiders: true });
  expect(await signInByQr()).toEqual({ success: false, errorCode: 11_055, errorMsg: "操作失败，你不在组织内" });
});

test("pages use the browser's language", async () => {
  const { ask } = createBrowser();
  const path = `/oauth2/challenge.htm?${new URLSearchParams(parameters)}`;
  expect((await ask("GET", path)).text).toContain('<html lang="zh-CN">');
  const headers = { "accept-language": "en-GB,en;q=0.9" };
  expect((await ask("GET", path, { headers })).text).toContain("Sign in with DingTalk");
  expect((await ask("GET", `${path}&lang=zh_CN`, { headers })).text).toContain("钉钉登录");
});

test("prompt may add login, which asks for a login although there is a session", async () => {
  const { ask, cookie } = await signedIn();
  const headers = { cookie };
  const again = await ask("GET", authPath({ prompt: "login consent" }), { headers });
  expect(again.headers.get("location")).toContain("/oauth2/challenge.htm?");
  expect((await ask("GET", authPath({ prompt: "login" }), { headers })).text).toContain("prompt");
  expect((await ask("GET", authPath({ prompt: "consent none" }), { headers })).text).toContain("prompt");
});

test("an error page may stand in a frame and shows DingTalk's text in every language", async () => {
  const { ask } = createBrowser();
  const headers = { "accept-language": "en" };
  const inFrame = new URLSearchParams({ iframe: "true" });
  for (const query of [inFrame, ""]) {
    const path = `${authPath({ redirect_uri: "https://evil.test/cb" })}&${query}`;
    const page = await ask("GET", path, { headers });
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toBeNull();
    for (const text of ["redirect_uri未授权", "50001", "not registered"]) expect(page.text).toContain(text);
  }
});

test("an exclusive login asks for the company and accepts its members only", async () => {
  const { ask, set, json, post, openQr, store } = createBrowser();
  await set({ longPollMs: 0 });
  const challenge = (changes: Record<string, string>) =>
    ask("GET", `/oauth2/challenge.htm?${new URLSearchParams({ ...parameters, ...changes })}`);
  expect((await challenge({ exclusiveLogin: "true" })).text).toContain("组织代码");
  const exclusive = { exclusiveLogin: "true", exclusiveCorpId: store.options.corpId };
  expect((await challenge(exclusive)).text).toContain('id="qr"');
  const signInAs = async (userid: string, changes: Record<string, string>) => {
    const code = await openQr();
    await post("/oauth2/qr_confirm", { code, person: userid, decision: "confirm" });
    return json("confirm_auth", { ...parameters, ...changes, code });
  };
  expect(await signInAs("user0001", exclusive)).toMatchObject({ success: true });
  const refused = { success: false, errorCode: 11_055, errorMsg: "操作失败，你不在组织内" };
  expect(await signInAs("out0001", exclusive)).toEqual(refused);
  expect(await signInAs("user0001", { ...exclusive, exclusiveCorpId: "dingother" })).toEqual(refused);
  expect(await signInAs("out0001", { exclusiveLogin: "false" })).toMatchObject({ success: true });
});

test("the session is also in a cookie that a frame of another site may send", async () => {
  const { ask, post } = createBrowser();
  const answer = await post(`/oauth2/sign_in_as?${new URLSearchParams(parameters)}`, { person: "user0001" });
  const cookies = answer.headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  const frame = cookies.find((one) => one.startsWith("sandbox_login_frame=")) ?? "";
  expect(frame).toContain("SameSite=None");
  expect(frame).toContain("Secure");
  const headers = { cookie: frame.split(";")[0] ?? "" };
  expect((await ask("GET", authPath(), { headers })).text).toContain("同意并登录");
  const ended = await ask("GET", "/oauth2/logout", { headers });
  expect(ended.headers.getSetCookie()).toHaveLength(2);
  expect((await ask("GET", authPath(), { headers })).status).toBe(302);
});

test("a QR code contains the address that was asked", async () => {
  const { app } = createBrowser();
  const body = new URLSearchParams(parameters);
  const answer = await app.request("http://127.0.0.1:4567/oauth2/generate_qrcode", { method: "POST", body });
  expect(await answer.json()).toMatchObject({
    result: expect.stringMatching(/^http:\/\/127\.0\.0\.1:4567\/oauth2\/qr_confirm\.htm\?code=/),
  });
});
