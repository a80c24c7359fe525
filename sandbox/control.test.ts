import { afterAll, beforeAll, expect, test } from "vitest";
import { createCaller } from "../test/sandbox-caller";
import { createSandboxClient } from "./control-client";
import { type RunningSandbox, startSandbox } from "./server";

test("the error for invalid input names the field", async () => {
  const { ask } = createCaller();
  const refused = async (method: string, path: string, body: unknown) => {
    const answer = await ask(method, `/_sandbox${path}`, { body });
    expect(answer.status).toBe(400);
    return answer.json.error;
  };
  expect(await refused("POST", "/faults", { path: "gettoken", fault: { kind: "hang" } })).toContain("path");
  expect(await refused("POST", "/faults", { path: "/a", fault: { kind: "explode" } })).toContain("fault.kind");
  expect(await refused("PATCH", "/settings", { latency: 5 })).toContain('"latency"');
  expect(await refused("PATCH", "/people/user0001", { activ: false })).toContain('"activ"');
  expect(await refused("POST", "/codes", { kind: "magic", userid: "user0001" })).toContain("kind");
  expect(await refused("PATCH", "/settings", { callbackUrl: "https://example.com/" })).toContain("loopback");
  expect((await ask("POST", "/_sandbox/codes", { body: { kind: "auth", userid: "unknown" } })).status).toBe(404);
});

test("a patch changes the fields it names and no others", async () => {
  const { ask, set, store } = createCaller();
  await ask("PATCH", "/_sandbox/people/user0001", { body: { title: null, active: false } });
  expect(store.people.find("user0001")).toMatchObject({ title: null, active: false, name: "李雷" });
  await set({ webview: { supportV2: false } });
  await set({ webview: { bridge: "silent" }, latencyMs: 1 });
  expect(store.settings).toMatchObject({ latencyMs: 1, webview: { supportV2: false, bridge: "silent" } });
});

test("a reset restores the seeded company and removes everything else", async () => {
  const { ask, mint, exchange, store } = createCaller();
  const code = await mint({ kind: "auth", userid: "user0001" });
  await ask("DELETE", "/_sandbox/people/user0002");
  await ask("POST", "/_sandbox/people", { body: { count: 2000 } });
  await ask("POST", "/_sandbox/reset");
  expect(store.people.find("user0002")?.name).toBe("韩梅梅");
  expect(store.people.find("emp00001")).toBeNull();
  expect((await exchange(code)).status).toBe(400);
});

test("S7 a recorded call has no query, so no token and no secret", async () => {
  const { ask, topapi, corpToken } = createCaller();
  const token = await corpToken();
  await topapi(token, "user/listadmin");
  const { text } = await ask("GET", "/_sandbox/calls");
  expect(text).not.toContain(token);
  expect(JSON.parse(text)).toMatchObject([
    { method: "POST", path: "/v1.0/oauth2/accessToken", tokenKind: "none" },
    { method: "POST", path: "/topapi/user/listadmin", tokenKind: "corp" },
  ]);
});

let running: RunningSandbox;

beforeAll(async () => {
  running = await startSandbox({ port: 0, webviewPort: 0 });
});

afterAll(() => running.close());

test("the client covers the whole control API", async () => {
  const sandbox = createSandboxClient(running.url);
  await sandbox.addPerson({ userid: "new0001", name: "新人", departments: [{ id: 103 }] });
  await sandbox.patchPerson("new0001", { admin: true });
  await sandbox.settings({ latencyMs: 0, revokeTokens: true });
  expect(await sandbox.mintCode({ kind: "silent", userid: "new0001" })).toMatch(/^[0-9a-f]{32}$/);
  await fetch(`${running.url}/gettoken`);
  expect(await sandbox.calls("/gettoken")).toMatchObject([{ method: "GET", connectionId: expect.any(Number) }]);
  await sandbox.clearCalls();
  expect(await sandbox.calls()).toEqual([]);
  await sandbox.removePerson("new0001");
  await expect(sandbox.patchPerson("new0001", {})).rejects.toThrow("No person has the userid");
  expect(await sandbox.sendEvent({ type: "user_leave_org" })).toMatchObject({ status: 0 });
});

test("both names of loopback are served, and connections are distinguished", async () => {
  const sandbox = createSandboxClient(running.url);
  await sandbox.clearCalls();
  const { port } = new URL(running.url);
  const hosts = ["127.0.0.1", "localhost"];
  const responses = await Promise.all(hosts.map((host) => fetch(`http://${host}:${port}/gettoken`)));
  expect(responses.map((response) => response.status)).toEqual([200, 200]);
  const [first, second] = await sandbox.calls("/gettoken");
  expect(first?.connectionId).not.toBe(second?.connectionId);
});
