import { once } from "node:events";
import { type ClientRequest, createServer, request, type Server } from "node:http";
import { createInterface } from "node:readline";
import { type Duplex } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandboxClient } from "../control-client";
import { portOf } from "../listen";
import { type RunningSandbox, startSandbox } from "../server";
import { nonceOf, rewriteStream, swapText } from "./rewrite";

const swap = { from: "http://localhost:3000", to: "http://127.0.0.1:3101" };

test("an origin is replaced as it is and URL-encoded", () => {
  const text = `${swap.from}/a?next=${encodeURIComponent(swap.from)}%2Fb`;
  expect(swapText(text, swap)).toBe(`${swap.to}/a?next=${encodeURIComponent(swap.to)}%2Fb`);
});

test("the nonce is read from the policy", () => {
  expect(nonceOf("default-src 'self'; script-src 'nonce-a+/9=' 'strict-dynamic'")).toBe("a+/9=");
  expect(nonceOf("default-src 'self'")).toBeNull();
});

test("a page can arrive in chunks of any size, also within a character", async () => {
  const page = `<!doctype html><html><head lang="zh"><title>星河</title></head><body><header>${swap.from}/x</header></body></html>`;
  const bytes = Buffer.from(page);
  for (const size of [1, 7, 64, bytes.length]) {
    const stream = rewriteStream(swap, "<script>1</script>");
    for (let start = 0; start < bytes.length; start += size) stream.write(bytes.subarray(start, start + size));
    stream.end();
    const out = Buffer.concat(await stream.toArray()).toString();
    expect(out).toBe(
      page.replace('<head lang="zh">', '<head lang="zh"><script>1</script>').replace(swap.from, swap.to),
    );
  }
});

let app: Server;
let running: RunningSandbox;
let appUrl = "";

/** An app that returns what it received. */
beforeAll(async () => {
  app = createServer((incoming, outgoing) => {
    if (incoming.url === "/moved") {
      outgoing.writeHead(302, { location: `${appUrl}/there`, "set-cookie": ["a=1; Path=/", "b=2; HttpOnly"] }).end();
      return;
    }
    if (incoming.url === "/events") {
      outgoing.writeHead(200, { "content-type": "text/event-stream" }).end(`data: ${appUrl}\n\n`);
      return;
    }
    if (incoming.url === "/json") {
      const { host, origin, cookie, "user-agent": agent } = incoming.headers;
      const isOwnOrigin = origin === appUrl && host === new URL(appUrl).host;
      outgoing.setHeader("content-type", "application/json");
      outgoing.end(JSON.stringify({ isOwnOrigin, agent, cookie, home: `${appUrl}/` }));
      return;
    }
    outgoing.setHeader("content-security-policy", "script-src 'nonce-n1'");
    outgoing.setHeader("content-type", "text/html; charset=utf-8");
    outgoing.end(`<html><head></head><body><a href="${appUrl}/x">x</a></body></html>`);
  });
  app.on("upgrade", ({ headers }, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: echo\r\n\r\n");
    socket.write(`${headers.host} ${headers.origin} ${headers.cookie}\n`);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  appUrl = `http://127.0.0.1:${portOf(app)}`;
  running = await startSandbox({ port: 0, webviewPort: 0, appUrl });
});

afterAll(async () => {
  await running.close();
  app.closeAllConnections();
  app.close();
});

function upgraded(upgrading: ClientRequest): Promise<[unknown, Duplex, Buffer]> {
  return new Promise((resolve, reject) => {
    upgrading.once("upgrade", (...answer) => resolve(answer));
    upgrading.once("error", reject);
  });
}

const device = { cookie: "sandbox_webview=user0002.ios" };

test("the webview has another host name than the app", () => {
  expect(new URL(running.webviewUrl).hostname).toBe("localhost");
});

test("opening stores the device in a cookie and stays on this origin", async () => {
  const open = (to: string) =>
    fetch(`${running.webviewUrl}/_webview/open?person=user0002&client=ios&to=${encodeURIComponent(to)}`, {
      redirect: "manual",
    });
  const answer = await open("/login?x=1");
  expect(answer.headers.get("location")).toBe("/login?x=1");
  expect(answer.headers.get("set-cookie")).toContain(device.cookie);
  expect((await open("//evil.test")).headers.get("location")).toBe("/");
});

test("a page contains the bridge with its nonce and links to the webview", async () => {
  const page = await (await fetch(`${running.webviewUrl}/`, { headers: device })).text();
  expect(page).toContain('<head><script nonce="n1">');
  expect(page).toContain('"mode":"ios"');
  expect(page).toContain(`<a href="${running.webviewUrl}/x">`);
});

test("the app receives its own origin, the client's user agent and its own cookies", async () => {
  const headers = { cookie: `${device.cookie}; session=s`, origin: running.webviewUrl };
  const answer = await fetch(`${running.webviewUrl}/json`, { method: "POST", headers, body: "{}" });
  expect(await answer.json()).toEqual({
    isOwnOrigin: true,
    agent: expect.stringContaining("com.laiwang.DingTalk"),
    cookie: "session=s",
    home: `${running.webviewUrl}/`,
  });
});

test("redirects stay in the webview, cookies pass, event streams are unchanged", async () => {
  const moved = await fetch(`${running.webviewUrl}/moved`, { redirect: "manual" });
  expect(moved.headers.get("location")).toBe(`${running.webviewUrl}/there`);
  expect(moved.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2; HttpOnly"]);
  expect(await (await fetch(`${running.webviewUrl}/events`)).text()).toBe(`data: ${appUrl}\n\n`);
});

test("an upgraded connection passes and closes with the sandbox", async () => {
  const sandbox = await startSandbox({ port: 0, webviewPort: 0, appUrl });
  const headers = { connection: "Upgrade", upgrade: "echo", cookie: `${device.cookie}; session=s` };
  const upgrading = request(sandbox.webviewUrl, { headers }).end();
  const [, socket, head] = await upgraded(upgrading);
  socket.unshift(head);
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe(`${new URL(appUrl).host} ${appUrl} session=s`);
  socket.write("hello\n");
  expect((await lines.next()).value).toBe("hello");
  const closed = once(socket, "close");
  await sandbox.close();
  await closed;
});

test("the bridge receives a silent code for our company and the known failures for others", async () => {
  const { corpId, clientId } = running.store.options;
  const ask = async (body: Record<string, unknown>, cookie = device.cookie): Promise<unknown> => {
    const pageUrl = `${running.webviewUrl}/login`;
    const init = { method: "POST", headers: { cookie }, body: JSON.stringify({ pageUrl, ...body }) };
    return (await fetch(`${running.webviewUrl}/_webview/code`, init)).json();
  };
  expect(await ask({ corpId, clientId })).toEqual({ code: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(await ask({ corpId: "$CORPID$" })).toEqual({ errorCode: "3", errorMessage: "1002,corpId不合法" });
  const noApp = { errorCode: "3", errorMessage: "对应企业没有localhost域名微应用" };
  expect(await ask({ corpId: "dingelsewhere" })).toEqual(noApp);
  expect(await ask({ corpId, clientId: "dingother" })).toEqual(noApp);
  expect(await ask({ corpId }, "sandbox_webview=out0001.android")).toEqual(noApp);
});

test("the webview settings reach the bridge", async () => {
  const failure = { errorCode: 3, errorMessage: "no" };
  await createSandboxClient(running.url).settings({ webview: { bridge: "never", supportV2: false, failure } });
  const page = await (await fetch(`${running.webviewUrl}/`, { headers: device })).text();
  expect(page).toContain('"neverReady":true');
  expect(page).toContain('"supportV2":false');
  expect(page).toContain('"fail":{"errorCode":3,"errorMessage":"no"}');
});
