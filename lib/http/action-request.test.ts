import { describe, expect, test } from "vitest";
import { refuseAction } from "./action-request";

const origin = "https://login.example.com";

type Sent = { body: string | FormData; headers?: Record<string, string> };

function refused({ body, headers }: Sent) {
  return refuseAction(
    new Request(`${origin}/profile`, { method: "POST", body, headers: { origin, ...headers } }),
    origin,
  );
}

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const fetched = { "next-action": "40a0c0ffee" };
const broken = { "content-type": "multipart/form-data; boundary=x" };

test("a form that scripts or the browser itself send is passed on", async () => {
  expect(await refused({ body: form({ "0": '["$K1"]', "1_id": "x" }), headers: fetched })).toBeNull();
  expect(await refused({ body: "[]", headers: { ...fetched, "content-type": "text/plain;charset=UTF-8" } })).toBeNull();
  expect(await refused({ body: form({ $ACTION_ID_40a0: "", id: "x" }) })).toBeNull();
});

test("a request that calls no action is not looked at", async () => {
  expect(await refused({ body: "{{{", headers: { "content-type": "application/json" } })).toBeNull();
  expect(await refuseAction(new Request(origin, { headers: fetched }), origin)).toBeNull();
});

describe("S39 a malformed call is refused with 400:", () => {
  test.each<[string, Sent]>([
    ["a text that is no JSON", { body: 'x\n{"msg":"FORGED"}', headers: fetched }],
    ["a text that names arguments", { body: '["$F1"]', headers: fetched }],
    ["a form that breaks off", { body: "--x\r\nContent-Disposition: form-data", headers: { ...fetched, ...broken } }],
    ["a form that breaks off, without scripts", { body: "x=y", headers: broken }],
    ["a form without a boundary", { body: "x=y", headers: { "content-type": "multipart/form-data" } }],
    ["arguments that are no JSON", { body: form({ "0": "{" }), headers: fetched }],
    ["other arguments than a form", { body: form({ "0": '["$F1","$K2"]' }), headers: fetched }],
    ["no arguments", { body: form({}), headers: fetched }],
    ["bound arguments", { body: form({ $ACTION_REF_1: "", "$ACTION_1:0": "{" }) }],
  ])("%s", async (_name, sent) => {
    expect(await refused(sent)).toBe(400);
  });
});

test("S13 a call from another site is refused with 403", async () => {
  const headers = { ...fetched, origin: "https://evil.test" };
  expect(await refused({ body: form({ "0": '["$K1"]' }), headers })).toBe(403);
});

test("S34 a call with a long body is refused with 413", async () => {
  expect(await refused({ body: form({ "0": '["$K1"]', "1_id": "x".repeat(70_000) }), headers: fetched })).toBe(413);
});
