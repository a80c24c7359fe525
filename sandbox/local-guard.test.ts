import { request } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningSandbox, startSandbox } from "./server";
import { readEnvironment } from "./settings";

let running: RunningSandbox;

beforeAll(async () => {
  running = await startSandbox({
    port: 0,
    webviewPort: 0,
    appUrl: "http://app.test:3000",
    allowedHosts: ["proxy.test"],
  });
});

afterAll(() => running.close());

/** fetch() does not let a caller choose the Host header. */
function statusOf(address: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = request(address, { headers }, (answer) => resolve(answer.resume().statusCode));
    asking.once("error", reject).end();
  });
}

const settings = () => `${running.url}/_sandbox/settings`;

test("the control API answers to loopback names and the configured names only", async () => {
  for (const host of ["localhost:3100", "127.0.0.1:3100", "[::1]:3100", "api.localhost", "app.test", "proxy.test:80"])
    expect([host, await statusOf(settings(), { host })]).toEqual([host, 200]);
  for (const host of ["evil.test:3100", "localhost.evil.test", "127.0.0.1.evil.test", "proxy.test.evil.test"])
    expect([host, await statusOf(settings(), { host })]).toEqual([host, 403]);
});

test("a page of another site is refused by its origin, a page of any loopback port is not", async () => {
  for (const origin of ["http://localhost:4321", "http://127.0.0.1:3101", "http://app.test:3000"])
    expect([origin, await statusOf(settings(), { origin })]).toEqual([origin, 200]);
  for (const origin of ["https://evil.test", "null", "http://localhost.evil.test"])
    expect([origin, await statusOf(settings(), { origin })]).toEqual([origin, 403]);
});

test("the pages of the phone and the codes of the webview are guarded too, DingTalk's own hosts are not", async () => {
  const host = "evil.test";
  expect(await statusOf(`${running.url}/_sandbox/phone`, { host })).toBe(403);
  expect(await statusOf(`${running.webviewUrl}/_webview/open`, { host })).toBe(403);
  expect(await statusOf(`${running.url}/gettoken`, { host })).toBe(200);
});

test("the configured names come from SANDBOX_ALLOWED_HOSTS", () => {
  expect(readEnvironment({ SANDBOX_ALLOWED_HOSTS: "one.test, two.test" }).allowedHosts).toEqual([
    "one.test",
    "two.test",
  ]);
  expect(readEnvironment({}).allowedHosts).toEqual([]);
  expect(readEnvironment({ SANDBOX_ALLOWED_HOSTS: "" }).allowedHosts).toEqual([]);
});
