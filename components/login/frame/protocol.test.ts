import { describe, expect, test } from "vitest";
import { readFrameMessage } from "./protocol";

const source = {};
const expected = { origin: "https://login.dingtalk.com", source, state: "s1" };
const good = { success: true, redirectUrl: "https://app.example/cb?authCode=A&code=A&state=s1" };

function read(data: unknown, message: { origin?: string; source?: unknown } = {}) {
  return readFrameMessage({ origin: expected.origin, source, data, ...message }, expected);
}

describe("an answer of the frame", () => {
  test("with a code and its state is passed on", () => {
    expect(read(good)).toEqual({ kind: "returned", query: "code=A&state=s1" });
  });

  test.each(["authCode=A", "code=A"])("may name its code as in %s", (query) => {
    const redirectUrl = `https://app.example/cb?${query}&state=s1`;
    expect(read({ success: true, redirectUrl })).toEqual({ kind: "returned", query: "code=A&state=s1" });
  });

  test("with a fragment has a state without it", () => {
    const redirectUrl = "https://app.example/cb?authCode=A&state=s1#top";
    expect(read({ success: true, redirectUrl })).toEqual({ kind: "returned", query: "code=A&state=s1" });
  });

  test("with a refusal on DingTalk's page is passed on, so that the server explains it", () => {
    const redirectUrl = "https://app.example/cb?error=access_denied&state=s1";
    expect(read({ success: true, redirectUrl })).toEqual({ kind: "returned", query: "error=access_denied&state=s1" });
  });

  test.each([11055, "11055"])("from an account outside the organisation is distinguished (%s)", (errorCode) => {
    expect(read({ success: false, errorMsg: "操作失败，你不在组织内", errorCode })).toEqual({
      kind: "outsider",
      error: "11055",
    });
  });

  test("with any other failure is a refusal, without DingTalk's text", () => {
    const answer = read({ success: false, errorMsg: "系统繁忙", errorCode: "<b>9</b>" });
    expect(answer).toEqual({ kind: "refused", error: "b9b" });
  });
});

describe("S22 a message that is not from the frame is ignored", () => {
  test.each([
    "https://login.dingtalk.com.evil.test",
    "https://loginxdingtalk.com",
    "http://login.dingtalk.com",
    "https://login.dingtalk.com:444",
    "null",
    "",
  ])("the origin %s", (origin) => {
    expect(read(good, { origin })).toBeNull();
  });

  test.each([{ other: true }, null, undefined])("another source (%s)", (other) => {
    expect(read(good, { source: other })).toBeNull();
  });

  test("no source at all, on both sides", () => {
    const sourceless = { ...expected, source: null };
    expect(readFrameMessage({ origin: expected.origin, source: null, data: good }, sourceless)).toBeNull();
  });

  test.each([
    null,
    undefined,
    "loginTmpCode",
    1,
    [],
    {},
    { success: "true" },
    { success: true },
    { success: true, redirectUrl: 1 },
  ])("the message %j", (data) => {
    expect(read(data)).toBeNull();
  });

  test.each([
    "not an address",
    "https://app.example/cb",
    "https://app.example/cb?state=s1",
    "https://app.example/cb?code=&state=s1",
  ])("the address %s", (redirectUrl) => {
    expect(read({ success: true, redirectUrl })).toBeNull();
  });
});

describe("S1 a state that is not this frame's is refused", () => {
  test.each(["code=A&state=s2", "code=A", "code=A&state=", "error=x&state=s2"])("%s", (query) => {
    expect(read({ success: true, redirectUrl: `https://app.example/cb?${query}` })).toBeNull();
  });

  test("also when both sides have none", () => {
    const data = { success: true, redirectUrl: "https://app.example/cb?code=A" };
    const stateless = { ...expected, state: "" };
    expect(readFrameMessage({ origin: expected.origin, source, data }, stateless)).toBeNull();
  });
});
