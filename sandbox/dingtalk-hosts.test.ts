import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandboxClient } from "./control-client";
import { type RunningSandbox, startSandbox } from "./server";
import { readEnvironment } from "./settings";

let running: RunningSandbox;

beforeAll(async () => {
  running = await startSandbox({ port: 0, webviewPort: 0, hostPorts: { api: 0, oapi: 0, login: 0 } });
});

afterAll(() => running.close());

/** A path of each host and the status that only this host gives it. */
const paths = { api: "/v1.0/contact/users/me", oapi: "/gettoken", login: "/oauth2/auth" } as const;

const unknown = { errcode: 404, errmsg: "请求的URI地址不存在" };

test("a host with a port of its own plays only itself", async () => {
  const { addresses } = running.store;
  expect(new Set(Object.values(addresses)).size).toBe(5);
  expect(await (await fetch(addresses.api + paths.api)).json()).toMatchObject({ requestid: expect.any(String) });
  expect(await (await fetch(addresses.oapi + paths.oapi)).json()).toMatchObject({ errcode: 41_001 });
  expect((await fetch(addresses.login + paths.login)).status).toBe(200);
});

test("a call to another host than its own is refused and recorded", async () => {
  const { addresses } = running.store;
  const sandbox = createSandboxClient(running.url);
  await sandbox.clearCalls();
  expect(await (await fetch(addresses.api + paths.oapi)).json()).toEqual(unknown);
  expect(await (await fetch(addresses.api + paths.login)).json()).toEqual(unknown);
  expect(await (await fetch(addresses.oapi + paths.api)).json()).toEqual(unknown);
  expect((await fetch(addresses.login + paths.api)).status).toBe(404);
  expect((await sandbox.calls()).map(({ path }) => path)).toEqual([paths.oapi, paths.login, paths.api, paths.api]);
});

test("the main port still plays all three, and every port serves the sandbox's own pages", async () => {
  expect(await (await fetch(running.url + paths.oapi)).json()).toMatchObject({ errcode: 41_001 });
  expect((await fetch(running.url + paths.api)).status).toBe(400);
  const avatar = `${running.store.addresses.api}/_sandbox/avatars/user0001.svg`;
  expect((await fetch(avatar)).headers.get("content-type")).toBe("image/svg+xml");
});

test("the ports come from the environment, and without them no host has its own", async () => {
  const { hostPorts } = readEnvironment({ SANDBOX_API_PORT: "3102", SANDBOX_LOGIN_PORT: "3104" });
  expect(hostPorts).toEqual({ api: 3102, login: 3104 });
  expect(readEnvironment({}).hostPorts).toEqual({});
});

test("a port in use closes the ports that were opened before it", async () => {
  const used = Number(new URL(running.url).port);
  const start = startSandbox({ port: 0, webviewPort: 0, hostPorts: { login: used } });
  await expect(start).rejects.toMatchObject({ code: "EADDRINUSE" });
});
