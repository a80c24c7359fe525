import { expect, onTestFinished, test } from "vitest";
import { startCallbackReceiver } from "../../test/callback-receiver";
import { createCaller } from "../../test/sandbox-caller";

const registration = { token: "123456", aes_key: "1234567890123456789012345678901234567890123" };

/** A sandbox and a receiver with the keys of a registration, which belong to the company and not to the app. */
async function prepare(react?: Parameters<typeof startCallbackReceiver>[1]) {
  const caller = createCaller();
  const { corpId } = caller.store.options;
  const keys = { token: registration.token, aesKey: registration.aes_key, owner: corpId };
  const receiver = await startCallbackReceiver(keys, react);
  onTestFinished(receiver.close);
  const token = await caller.corpToken();
  const call = async (method: "GET" | "POST", name: string, body?: object) =>
    (await caller.ask(method, `/call_back/${name}?access_token=${token}`, body ? { body } : {})).json;
  const valid = { ...registration, call_back_tag: ["user_leave_org"], url: receiver.url };
  return { ...caller, receiver, call, valid };
}

test("an address is registered after it answered check_url, and returned as it was registered", async () => {
  const { call, receiver, valid } = await prepare();
  expect(await call("POST", "register_call_back", valid)).toEqual({ errcode: 0, errmsg: "ok" });
  expect(receiver.received).toEqual([{ EventType: "check_url" }]);
  expect(await call("GET", "get_call_back")).toEqual({ errcode: 0, errmsg: "ok", ...valid });
});

test("a registered address receives the types that it names, and no others", async () => {
  const { ask, call, receiver, valid } = await prepare();
  await call("POST", "register_call_back", valid);
  await ask("PATCH", "/_sandbox/people/user0001", { body: { title: "主任" } });
  await ask("PATCH", "/_sandbox/people/user0001", { body: { membership: "left" } });
  await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(2);
  expect(receiver.received[1]).toMatchObject({ EventType: "user_leave_org", userId: ["user0001"] });
});

test("there is one address: a second registration is refused, an update replaces it", async () => {
  const { call, valid } = await prepare();
  expect(await call("POST", "update_call_back", valid)).toMatchObject({ errcode: 71_007 });
  await call("POST", "register_call_back", valid);
  expect(await call("POST", "register_call_back", valid)).toMatchObject({ errcode: 71_006 });
  const update = { ...valid, call_back_tag: ["user_add_org"] };
  expect(await call("POST", "update_call_back", update)).toMatchObject({ errcode: 0 });
  expect(await call("GET", "get_call_back")).toMatchObject({ call_back_tag: ["user_add_org"] });
});

test("a deleted address is gone", async () => {
  const { call, valid } = await prepare();
  await call("POST", "register_call_back", valid);
  expect(await call("GET", "delete_call_back")).toEqual({ errcode: 0, errmsg: "ok" });
  expect(await call("GET", "get_call_back")).toMatchObject({ errcode: 71_007 });
  expect(await call("GET", "delete_call_back")).toMatchObject({ errcode: 71_007 });
});

test("an address that does not answer success is not registered", async () => {
  const { call, valid } = await prepare(() => "contradict");
  expect(await call("POST", "register_call_back", valid)).toMatchObject({ errcode: 71_009 });
  const closed = { ...valid, url: "http://127.0.0.1:1/events" };
  expect(await call("POST", "register_call_back", closed)).toMatchObject({ errcode: 71_012 });
  expect(await call("GET", "get_call_back")).toMatchObject({ errcode: 71_007 });
});

test("each wrong field of a registration has its code", async () => {
  const { call, valid } = await prepare();
  const codeOf = async (patch: object) => (await call("POST", "register_call_back", { ...valid, ...patch })).errcode;
  expect(await codeOf({ call_back_tag: [] })).toBe(71_010);
  expect(await codeOf({ token: "short" })).toBe(71_010);
  expect(await codeOf({ aes_key: "tooshort" })).toBe(900_004);
  expect(await codeOf({ url: "no address" })).toBe(71_011);
  expect(await codeOf({ url: "https://example.com/events" })).toBe(71_013);
});

test("the calls need a corp token", async () => {
  const { ask } = await prepare();
  const refused = await ask("GET", "/call_back/get_call_back_failed_result?access_token=bad");
  expect(refused.json).toMatchObject({ errcode: 40_014 });
});
