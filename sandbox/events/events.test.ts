import { expect, onTestFinished, test } from "vitest";
import { startCallbackReceiver } from "../../test/callback-receiver";
import { createCaller } from "../../test/sandbox-caller";
import { decrypt, encrypt, sign } from "./crypto";

// The test vector of DingTalk's own document.
const vector = {
  keys: { token: "123456", aesKey: "1234567890123456789012345678901234567890123", owner: "dingsnotzck6pm5veliw" },
  timestamp: "1614767836",
  nonce: "A7Co0cJLMzIDtMMI",
  encrypted: "YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==",
};

test("the test vector of DingTalk's document is signed and decrypted as documented", () => {
  const { keys, timestamp, nonce, encrypted } = vector;
  expect(sign(keys.token, timestamp, nonce, encrypted)).toBe("9a95a004dd16f5c307e849b994173f76aa26e5eb");
  expect(decrypt(keys, encrypted)).toBe("success");
});

test("a message for one owner cannot be decrypted for another", () => {
  const encrypted = encrypt(vector.keys, "你好");
  expect(decrypt(vector.keys, encrypted)).toBe("你好");
  expect(() => decrypt({ ...vector.keys, owner: "dingother" }, encrypted)).toThrow("another owner");
});

/** A busy machine is no reason to fail. */
const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000 });

/** A sandbox whose console sends events to a receiver. Repeated pushes come at once. */
async function subscribe(react?: Parameters<typeof startCallbackReceiver>[1]) {
  const caller = createCaller();
  const { settings, options } = caller.store;
  const keys = { token: settings.callbackToken, aesKey: settings.callbackAesKey, owner: options.clientId };
  const receiver = await startCallbackReceiver(keys, react);
  onTestFinished(receiver.close);
  await caller.set({ callbackUrl: receiver.url, push: { httpTimeoutMs: 15_000, httpRetryMs: [1, 1], delayMs: 500 } });
  const patch = (userid: string, body: object) => caller.ask("PATCH", `/_sandbox/people/${userid}`, { body });
  const types = () => receiver.received.map(({ EventType }) => EventType);
  const takeFailed = async () =>
    (await caller.ask("GET", `/call_back/get_call_back_failed_result?access_token=${await caller.corpToken()}`)).json;
  return { ...caller, receiver, patch, types, takeFailed };
}

test("an event is signed and encrypted, and the receiver's answer is decrypted", async () => {
  const { ask, receiver, store } = await subscribe();
  const order = { type: "user_leave_org", userid: "user0001" };
  const answer = await ask("POST", "/_sandbox/events", { body: order });
  expect(answer.json).toEqual({ status: 200, answer: "success" });
  expect(receiver.received).toEqual([
    {
      EventType: "user_leave_org",
      EventTime: expect.any(Number),
      CorpId: store.options.corpId,
      BizId: expect.any(String),
      eventId: expect.any(String),
      timeStamp: expect.stringMatching(/^\d{13}$/),
      userId: ["user0001"],
    },
  ]);
  const tampered = await ask("POST", "/_sandbox/events", { body: { ...order, tamper: "signature" } });
  expect(tampered.json).toEqual({ status: 403, answer: null });
});

test("an ordered event can be old, a repetition, or of another company", async () => {
  const { ask, receiver, store } = await subscribe();
  const body = { type: "user_leave_org", userid: "user0001", eventId: "same", ageSeconds: 3600, tamper: "corp" };
  for (const order of [body, body]) await ask("POST", "/_sandbox/events", { body: order });
  const [first, second] = receiver.received;
  expect(first).toMatchObject({ eventId: "same", CorpId: expect.not.stringContaining(store.options.corpId) });
  expect(second).toMatchObject({ eventId: "same" });
  expect(Number(first?.EventTime)).toBeLessThan(Date.now() - 3_500_000);
});

test("each change of a person sends the event that DingTalk sends", async () => {
  const { ask, patch, types, receiver } = await subscribe();
  const expectType = async (type: string, change: Promise<unknown>) => {
    const before = types().length;
    await change;
    await eventually(() => types().slice(before)).toEqual([type]);
  };
  await expectType("user_leave_org", patch("user0001", { membership: "left" }));
  await expectType("user_add_org", patch("user0001", { membership: "member" }));
  await expectType("user_active_org", patch("user0003", { active: true }));
  await expectType("org_admin_add", patch("user0001", { admin: true }));
  await expectType("org_admin_remove", patch("user0001", { admin: false }));
  await expectType("user_modify_org", patch("user0001", { departments: [{ id: 201 }] }));
  await expectType("user_leave_org", ask("DELETE", "/_sandbox/people/user0006"));
  await expectType("user_add_org", ask("POST", "/_sandbox/people", { body: { userid: "new1", name: "新人" } }));
  await patch("user0001", { avatar: null, personalEmail: null });
  await patch("user0005", { title: "客户" });
  await expectType("user_modify_org", patch("user0002", { name: "韩梅" }));
  expect(receiver.received.at(-1)).toMatchObject({
    userId: ["user0002"],
    diffInfo: [{ prev: { name: "韩梅梅" }, curr: { name: "韩梅" }, userid: "user0002" }],
  });
});

test("each change of a department sends its event, and a change of the root that of the company", async () => {
  const { ask, receiver, types } = await subscribe();
  await ask("POST", "/_sandbox/departments", { body: { id: 203, name: "华北销售部", parentId: 20 } });
  await ask("PATCH", "/_sandbox/departments/203", { body: { name: "北区销售部" } });
  await ask("DELETE", "/_sandbox/departments/203");
  await ask("PATCH", "/_sandbox/departments/1", { body: { name: "星河集团" } });
  const sent = ["org_change", "org_dept_create", "org_dept_modify", "org_dept_remove"];
  await eventually(() => types().toSorted()).toEqual(sent);
  expect(receiver.received.find(({ EventType }) => EventType === "org_dept_create")).toMatchObject({ deptId: [203] });
});

test("a department with members or sub-departments cannot be removed, nor moved below itself", async () => {
  const { ask } = await subscribe();
  const refusals = [
    await ask("DELETE", "/_sandbox/departments/101"),
    await ask("DELETE", "/_sandbox/departments/20"),
    await ask("DELETE", "/_sandbox/departments/1"),
    await ask("PATCH", "/_sandbox/departments/20", { body: { parentId: 201 } }),
    await ask("PATCH", "/_sandbox/departments/20", { body: { parentId: 999 } }),
  ];
  expect(refusals.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409]);
});

test("a seeded crowd and a switched-off setting send nothing", async () => {
  const { ask, patch, set, store } = await subscribe();
  await ask("POST", "/_sandbox/people", { body: { count: 10 } });
  await ask("POST", "/_sandbox/company", { body: { people: 10 } });
  await set({ push: { automatic: false } });
  await patch("user0001", { membership: "left" });
  expect(store.events).toEqual([]);
});

test("a lost event is never sent, a repeated one twice with the same id", async () => {
  const { patch, set, receiver, store } = await subscribe();
  await set({ push: { faults: ["lost"] } });
  await patch("user0001", { membership: "left" });
  await set({ push: { faults: ["repeated"] } });
  await patch("user0006", { membership: "left" });
  await eventually(() => receiver.received.length).toBe(2);
  expect(receiver.received.map(({ userId }) => userId)).toEqual([["user0006"], ["user0006"]]);
  expect(receiver.received[0]?.eventId).toBe(receiver.received[1]?.eventId);
  expect(store.events.map(({ pushes }) => pushes.length)).toEqual([0, 2]);
});

test("reordered events arrive the newest first, delayed ones later", async () => {
  const { patch, set, receiver, types } = await subscribe();
  await set({ push: { faults: ["reordered"] } });
  await patch("user0001", { admin: true });
  await patch("user0001", { membership: "left" });
  await eventually(() => receiver.received.length).toBe(2);
  expect(types()).toEqual(["user_leave_org", "org_admin_add"]);
  await set({ push: { faults: ["delayed"] } });
  await patch("user0006", { membership: "left" });
  expect(receiver.received).toHaveLength(2);
  await eventually(() => receiver.received.length).toBe(3);
});

test("a refused event is pushed twice more, then it is in the failed list until it is read", async () => {
  const { patch, receiver, store, takeFailed } = await subscribe(() => "refuse");
  await patch("user0001", { membership: "left" });
  await eventually(() => store.failedEvents.length).toBe(1);
  expect(receiver.received).toHaveLength(3);
  expect(store.events[0]?.pushes.map(({ outcome }) => outcome)).toEqual(["refused", "refused", "refused"]);
  const { corpId } = store.options;
  expect(await takeFailed()).toEqual({
    errcode: 0,
    errmsg: "ok",
    has_more: false,
    failed_list: [
      {
        user_leave_org: { userid: ["user0001"], corpid: corpId },
        call_back_tag: "user_leave_org",
        event_time: expect.any(Number),
      },
    ],
  });
  expect(await takeFailed()).toMatchObject({ has_more: false, failed_list: [] });
});

test("an event is pushed until it is accepted; then it is in no list", async () => {
  const { patch, receiver, store } = await subscribe((count) => (count === 1 ? "contradict" : "accept"));
  await patch("user0001", { membership: "left" });
  await eventually(() => store.events[0]?.pushes.map(({ outcome }) => outcome)).toEqual(["refused", "accepted"]);
  expect(receiver.received).toHaveLength(2);
  expect(store.failedEvents).toEqual([]);
});

test("the failed list has at most 200 events a call, and forgets them after some minutes", async () => {
  const { patch, store, set, takeFailed } = await subscribe(() => "refuse");
  await patch("user0001", { membership: "left" });
  await eventually(() => store.failedEvents.length).toBe(1);
  store.failedEvents = Array.from({ length: 202 }, () => store.failedEvents).flat();
  expect(await takeFailed()).toMatchObject({ has_more: true, failed_list: { length: 200 } });
  await set({ clockOffsetSeconds: 301 });
  expect(await takeFailed()).toMatchObject({ has_more: false, failed_list: [] });
});

test("the console subscribes the types that it names", async () => {
  const { patch, set, types } = await subscribe();
  await set({ push: { types: ["user_leave_org"] } });
  await patch("user0001", { title: "主任" });
  await patch("user0001", { membership: "left" });
  await eventually(types).toEqual(["user_leave_org"]);
});

test("a reset forgets what waits to be sent", async () => {
  const { ask, patch, set, receiver, store } = await subscribe();
  const { callbackUrl } = store.settings;
  await set({ push: { faults: ["delayed"] } });
  await patch("user0001", { membership: "left" });
  await ask("POST", "/_sandbox/reset");
  await set({ callbackUrl });
  await patch("user0006", { membership: "left" });
  await eventually(() => receiver.received.length).toBe(1);
  expect(receiver.received[0]).toMatchObject({ userId: ["user0006"] });
});
