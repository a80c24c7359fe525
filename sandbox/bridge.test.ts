import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { z } from "zod";
import { type BridgeConfig, bridgeScript } from "./bridge";
import { bridgeModeOf, clients, userAgents } from "./user-agents";

const functionSchema = z.custom<CallableFunction>((value) => typeof value === "function");

/** The parts of a browser that the script uses. */
function open(config: BridgeConfig, extras: Record<string, unknown> = {}) {
  const received: unknown[] = [];
  const window: Record<string, unknown> = {
    postMessage: (...message: unknown[]) => received.push(["passed on", ...message]),
    dispatchEvent: (event: { data: unknown; origin: string }) => received.push([event.origin, event.data]),
    ...extras,
  };
  window.top = window;
  const document = { dispatchEvent: (event: Event) => received.push(event.type) };
  class MessageEvent {
    constructor(_type: string, init: object) {
      Object.assign(this, init);
    }
  }
  const globals = {
    window,
    document,
    navigator: {},
    location: { href: "http://app/" },
    MessageEvent,
    Event,
    setTimeout,
  };
  runInNewContext(bridgeScript(config), globals);
  return { window, received };
}

function callAndroid(window: Record<string, unknown>, action: string, params: unknown) {
  return new Promise((resolve) => {
    const nuva = z.object({ require: functionSchema }).parse(window.nuva);
    nuva.require()(
      (body: unknown) => resolve({ ok: body }),
      (body: unknown) => resolve({ failed: body }),
      "runtime.permission",
      action,
      params,
    );
  });
}

const corpId = "dingsandbox0corp00000001";

test("Android returns its codes in order and repeats the last one", async () => {
  const { window } = open({ mode: "android", codes: ["one", "two"] });
  const codes = [];
  for (let count = 0; count < 3; count += 1) codes.push(await callAndroid(window, "requestAuthCode", { corpId }));
  expect(codes).toEqual([{ ok: { code: "one" } }, { ok: { code: "two" } }, { ok: { code: "two" } }]);
  expect(window.__ddCalls).toHaveLength(3);
});

test("an old client refuses V2 and answers V1", async () => {
  const { window } = open({ mode: "android", supportV2: false });
  expect(await callAndroid(window, "requestAuthCodeV2", { corpId })).toMatchObject({ failed: { errorCode: "1" } });
  expect(await callAndroid(window, "requestAuthCode", { corpId })).toMatchObject({ ok: { code: expect.any(String) } });
});

test("a failure can apply to every company or to one", async () => {
  const failure = { errorCode: 3, errorMessage: "对应企业没有xxx域名微应用" };
  const always = open({ mode: "android", fail: failure });
  expect(await callAndroid(always.window, "requestAuthCode", { corpId })).toEqual({ failed: failure });
  const once = open({ mode: "android", failFor: { dingother: failure } });
  expect(await callAndroid(once.window, "requestAuthCode", { corpId: "dingother" })).toEqual({ failed: failure });
  expect(await callAndroid(once.window, "requestAuthCode", { corpId })).toHaveProperty("ok");
});

test("a test can mint every code itself", async () => {
  const __ddMint = ({ method }: { method: string }) => ({ code: `minted for ${method}` });
  const { window } = open({ mode: "android" }, { __ddMint });
  const answer = await callAndroid(window, "requestAuthCode", { corpId });
  expect(answer).toEqual({ ok: { code: "minted for runtime.permission.requestAuthCode" } });
});

test("iOS calls back once with an errorCode that is a string, -1 when cancelled", async () => {
  const call = (config: BridgeConfig) => {
    const native = z.object({ callHandler: functionSchema }).parse(open(config).window.WebViewJavascriptBridge);
    return new Promise((resolve) => native.callHandler("runtime.permission.requestAuthCode", { corpId }, resolve));
  };
  expect(await call({ mode: "ios", codes: ["c"] })).toEqual({
    errorCode: "0",
    errorMessage: "",
    result: { code: "c" },
  });
  expect(await call({ mode: "ios", cancel: true })).toEqual({ errorCode: "-1", errorMessage: "cancel" });
});

test("Harmony answers success and body", async () => {
  const { window } = open({ mode: "harmony", codes: ["c"] });
  const native = z.object({ call: functionSchema }).parse(window.DingTalkJSBridge);
  const name = "runtime.permission.requestAuthCode";
  const answer = await new Promise((resolve) => native.call(name, { corpId }, resolve));
  expect(answer).toEqual({ success: true, body: { code: "c" } });
});

test("PC answers its own requests and passes every other message on", async () => {
  const { window, received } = open({ mode: "pc", codes: ["c"] });
  const hostSchema = z.object({ containerId: z.string(), hostOrigin: z.string() });
  const host = hostSchema.parse(JSON.parse(String(window.name)));
  const body = { corpId };
  const call = {
    type: "request",
    msgId: 7,
    containerId: host.containerId,
    methodName: "runtime.permission.requestAuthCode",
    body,
  };
  const post = functionSchema.parse(window.postMessage);
  post(call, host.hostOrigin);
  post({ type: "something else" }, "*");
  await expect.poll(() => received.length).toBe(2);
  expect(received).toEqual([
    ["passed on", { type: "something else" }, "*"],
    ["https://im.dingtalk.com", { type: "response", msgId: 7, success: true, body: { code: "c" } }],
  ]);
});

test("neverReady has no bridge, a late bridge dispatches its ready event", async () => {
  expect(open({ mode: "android", neverReady: true }).window).not.toHaveProperty("nuva");
  const late = open({ mode: "android", readyDelayMs: 1 });
  expect(late.window).not.toHaveProperty("nuva");
  await expect.poll(() => late.received).toEqual(["runtimeready"]);
  expect(late.window).toHaveProperty("nuva");
});

test("every client has a user agent that names DingTalk, and a bridge mode", () => {
  for (const client of clients) {
    expect(userAgents[client]).toMatch(/DingTalk/);
    expect(["android", "ios", "pc", "harmony"]).toContain(bridgeModeOf(client));
  }
});

test("the config cannot end the script element", () => {
  expect(bridgeScript({ mode: "android", codes: ["</script>"] })).not.toContain("</script>");
});
