import { expect, test } from "vitest";
import { DingTalkError } from "../dingtalk/errors";
import { refusalFor } from "./refuse";

test.each([
  ["code_used", "code_used"],
  ["not_member", "outsider"],
  ["permission_missing", "permission_missing"],
  ["out_of_scope", "out_of_scope"],
  ["ip_not_allowed", "ip_not_allowed"],
  ["throttled", "throttled"],
  ["wrong_credentials", "wrong_credentials"],
  ["app_disabled", "app_disabled"],
  ["invalid_token", "dingtalk_failed"],
  ["bad_request", "dingtalk_failed"],
  ["busy", "dingtalk_failed"],
  ["other", "dingtalk_failed"],
] as const)("S12 DingTalk's reason %s becomes the refusal %s", (reason, refusal) => {
  expect(refusalFor(new DingTalkError({ call: "v2/user/get", kind: "refused", reason }))).toBe(refusal);
});

test.each([
  ["unreachable", "dingtalk_unreachable"],
  ["circuit_open", "dingtalk_unreachable"],
  ["timeout", "dingtalk_timeout"],
  ["http", "dingtalk_failed"],
  ["refused", "dingtalk_failed"],
  ["malformed", "dingtalk_failed"],
] as const)("a DingTalk error of kind %s without a reason becomes the refusal %s", (kind, refusal) => {
  expect(refusalFor(new DingTalkError({ call: "v2/user/get", kind }))).toBe(refusal);
});

test("an error that DingTalk did not cause is unexpected", () => {
  for (const error of [new Error("no database"), "text", null, undefined]) expect(refusalFor(error)).toBe("unexpected");
});
