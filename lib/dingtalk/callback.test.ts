import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CallbackKeys, decrypt, openPush, type Push, sealAnswer } from "./callback";

/** The data of DingTalk's document: https://open.dingtalk.com/document/development/http-callback-overview */
const keys: CallbackKeys = {
  token: "123456",
  aesKey: "1234567890123456789012345678901234567890123",
  owners: ["dingsnotzck6pm5veliw"],
};
const push: Push = {
  signature: "9a95a004dd16f5c307e849b994173f76aa26e5eb",
  timestamp: "1614767836",
  nonce: "A7Co0cJLMzIDtMMI",
  encrypt: "YvkvaGe4hQxd3VxRmEty0dVlnCOAqwf56xwTRHDHoOURqhalbmBJQk5FNcRk42Gl5T0YQXZNwpwWSm1xAFJ5ZA==",
};
const then = Number(push.timestamp) * 1000;

describe("S41 a push", () => {
  test("of DingTalk's own test data is opened", () => {
    expect(openPush(keys, push, then)).toEqual({ message: "success" });
  });

  test.each<[string, Partial<Push>]>([
    ["another nonce", { nonce: "A7Co0cJLMzIDtMMJ" }],
    ["another time", { timestamp: "1614767837" }],
    ["another text", { encrypt: `A${push.encrypt.slice(1)}` }],
    ["another signature", { signature: push.signature.replace("9", "8") }],
    ["no signature", { signature: "" }],
  ])("with %s is refused", (_name, changed) => {
    expect(openPush(keys, { ...push, ...changed }, then)).toEqual({ refused: "signature" });
  });

  test.each([-16, 16])("that is %d minutes away is refused", (minutes) => {
    expect(openPush(keys, push, then + minutes * 60_000)).toEqual({ refused: "time" });
  });

  test("under another token or AES key is refused", () => {
    expect(openPush({ ...keys, token: "654321" }, push, then)).toEqual({ refused: "signature" });
    const aesKey = "abcdefghijabcdefghijabcdefghijabcdefghijabc";
    expect(openPush({ ...keys, aesKey }, push, then)).toEqual({ refused: expect.stringMatching("encryption|owner") });
  });

  test("for another app is refused", () => {
    expect(openPush({ ...keys, owners: ["dingother"] }, push, then)).toEqual({ refused: "owner" });
  });

  test("of any bytes never throws", () => {
    fc.assert(
      fc.property(fc.base64String(), fc.string(), (encrypt, timestamp) => {
        expect(decrypt(keys, encrypt)).toSatisfy((opened) => opened === null || typeof opened === "object");
        expect(openPush(keys, { ...push, encrypt, timestamp }, then)).toEqual({ refused: "signature" });
      }),
    );
  });
});

test("S41 the answer says success under the keys of the push", () => {
  const { msg_signature, timeStamp, nonce, encrypt } = sealAnswer(keys, then);
  const answer = { signature: msg_signature, timestamp: timeStamp, nonce, encrypt };
  expect(openPush(keys, answer, then)).toEqual({ message: "success" });
});
