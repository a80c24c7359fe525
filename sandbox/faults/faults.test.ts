import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCaller } from "../../test/sandbox-caller";
import { createSandboxClient } from "../control-client";
import { type RunningSandbox, startSandbox } from "../server";

const path = "/topapi/user/listadmin";

async function callWith(fault: Record<string, unknown>) {
  const { ask, corpToken, topapi } = createCaller();
  const token = await corpToken();
  await ask("POST", "/_sandbox/faults", { body: { path, fault } });
  return topapi(token, "user/listadmin");
}

test("a fault occurs as often as planned, then the real response returns", async () => {
  const { ask, corpToken, topapi } = createCaller();
  const token = await corpToken();
  await ask("POST", "/_sandbox/faults", { body: { path, times: 2, fault: { kind: "errcode", errcode: -1 } } });
  const codes = [];
  for (let count = 0; count < 3; count += 1) codes.push((await topapi(token, "user/listadmin")).json.errcode);
  expect(codes).toEqual([-1, -1, 0]);
});

test("status responds in the v1.0 envelope", async () => {
  const answer = await callWith({ kind: "status", status: 403, code: "A.B", message: "no", requiredScopes: ["x"] });
  expect(answer.status).toBe(403);
  const accessdenieddetail = { requiredScopes: ["x"] };
  expect(answer.json).toEqual({ code: "A.B", requestid: expect.any(String), message: "no", accessdenieddetail });
});

test("subcode wraps, errcode does not", async () => {
  const wrapped = await callWith({ kind: "subcode", subcode: "90018", submsg: "慢一点" });
  expect(wrapped.json).toMatchObject({ errcode: 88, sub_code: "90018", sub_msg: "慢一点" });
  expect((await callWith({ kind: "errcode", errcode: 90_002 })).json.errcode).toBe(90_002);
});

test("html and blocked are not envelopes, huge is megabytes, redirect leads elsewhere", async () => {
  expect((await callWith({ kind: "html" })).headers.get("content-type")).toContain("text/html");
  expect((await callWith({ kind: "blocked" })).json).toMatchObject({ status: 1111, source: "x5" });
  expect((await callWith({ kind: "huge" })).text.length).toBeGreaterThan(8_000_000);
  const redirect = await callWith({ kind: "redirect" });
  expect([redirect.status, redirect.headers.get("location")]).toEqual([302, "/elsewhere"]);
});

test("badGateway is a page with status 502, empty has no body at all", async () => {
  const gateway = await callWith({ kind: "badGateway" });
  expect([gateway.status, gateway.headers.get("content-type")]).toEqual([502, "text/html; charset=utf-8"]);
  expect(gateway.text).toContain("502 Bad Gateway");
  const empty = await callWith({ kind: "empty" });
  expect([empty.status, empty.text]).toEqual([200, ""]);
  expect((await callWith({ kind: "empty", status: 502 })).status).toBe(502);
});

test("wrongType, stringErrcode and fields change the real response", async () => {
  expect((await callWith({ kind: "wrongType" })).json).toMatchObject({ errcode: 0, result: "not an object" });
  expect((await callWith({ kind: "stringErrcode" })).json).toMatchObject({ errcode: "0", result: expect.any(Array) });
  expect((await callWith({ kind: "fields", set: { extra: 1 }, drop: ["errmsg"] })).json).toMatchObject({ extra: 1 });
});

test("zeroExpiry sets a lifetime to zero or removes it", async () => {
  const { ask, store } = createCaller();
  const body = { appKey: store.options.clientId, appSecret: store.options.clientSecret };
  const get = async (fault: Record<string, unknown>) => {
    await ask("POST", "/_sandbox/faults", { body: { path: "/v1.0/oauth2/accessToken", fault } });
    return (await ask("POST", "/v1.0/oauth2/accessToken", { body })).json;
  };
  expect(await get({ kind: "zeroExpiry" })).toEqual({ accessToken: expect.any(String), expireIn: 0 });
  expect(await get({ kind: "zeroExpiry", missing: true })).toEqual({ accessToken: expect.any(String) });
});

test("a code stays valid after a replaced response and is used after a changed one", async () => {
  const { ask, mint, exchange } = createCaller();
  const code = await mint({ kind: "auth", userid: "user0001" });
  const plan = (fault: Record<string, unknown>) =>
    ask("POST", "/_sandbox/faults", { body: { path: "/v1.0/oauth2/userAccessToken", fault } });
  await plan({ kind: "status", status: 500 });
  expect((await exchange(code)).status).toBe(500);
  await plan({ kind: "wrongType" });
  expect((await exchange(code)).json.accessToken).toEqual({ unexpected: true });
  expect((await exchange(code)).json.code).toBe("invalidParameter.authCode.notFound");
});

let running: RunningSandbox;

beforeAll(async () => {
  running = await startSandbox({ port: 0, webviewPort: 0 });
});

afterAll(() => running.close());

test("reset resets the connection and truncate ends it in the middle", async () => {
  const sandbox = createSandboxClient(running.url);
  await sandbox.fault({ path: "/gettoken", fault: { kind: "reset" } });
  await expect(fetch(`${running.url}/gettoken`)).rejects.toThrow("fetch failed");
  await sandbox.fault({ path: "/gettoken", fault: { kind: "truncate" } });
  const answer = await fetch(`${running.url}/gettoken`);
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow("terminated");
});

test("an empty response is complete, so a client waits for nothing", async () => {
  await createSandboxClient(running.url).fault({ path: "/gettoken", fault: { kind: "empty" } });
  const answer = await fetch(`${running.url}/gettoken`);
  expect([answer.status, answer.headers.get("content-length"), await answer.text()]).toEqual([200, "0", ""]);
});

test("hang never responds, and close() still returns at once", async () => {
  const own = await startSandbox({ port: 0, webviewPort: 0 });
  await createSandboxClient(own.url).fault({ path: "/gettoken", fault: { kind: "hang" } });
  const hung = new Promise((resolve) => request(`${own.url}/gettoken`).once("error", resolve).end());
  await expect.poll(async () => own.store.calls.length).toBe(1);
  await own.close();
  await expect(hung).resolves.toMatchObject({ code: "ECONNRESET" });
});
