import { describe, expect, test } from "vitest";
import { readBridgeFailure, readWait } from "./protocol";

describe("a rejection of the bridge", () => {
  test.each([
    [3, "unregistered"],
    ["3", "unregistered"],
    [-1, "cancelled"],
    ["-1", "cancelled"],
    [1, "unknown-method"],
    ["1", "unknown-method"],
    [7, "declined"],
    ["9", "declined"],
  ])("with errorCode %j means %s", (errorCode, event) => {
    expect(readBridgeFailure({ errorCode, errorMessage: "" }).event).toBe(event);
  });

  test("of the package itself says that this is not DingTalk", () => {
    const error = new Error("[DINGTALK-JSAPI] ERROR 4040: Do not support the current environment：'notInDingTalk'");
    expect(readBridgeFailure(error).event).toBe("outside");
  });

  test.each([undefined, null, "no", 0, {}, new Error("boom")])("that is %s counts as declined", (reason) => {
    expect(readBridgeFailure(reason).event).toBe("declined");
  });

  test("is reported with letters and digits only, and at most 120 of them", () => {
    const reason = { errorCode: 3, errorMessage: `对应企业没有<script>${"x".repeat(500)}` };
    const { error } = readBridgeFailure(reason);
    expect(error).toMatch(/^3 对应企业没有 script x+$/);
    expect(error).toHaveLength(120);
  });
});

describe("the answer to an exchange", () => {
  test("may say to wait, with the place in the queue", () => {
    expect(readWait({ wait: { place: 12, seconds: 7 } })).toEqual({ place: 12, seconds: 7 });
  });

  test.each([{}, null, { url: "/profile" }, { wait: null }, { wait: 5 }])("%j says nothing of waiting", (body) => {
    expect(readWait(body)).toBeNull();
  });

  test.each([
    [0, 1],
    [-5, 1],
    ["soon", 1],
    [undefined, 1],
    [3600, 60],
  ])("with %j seconds makes the page wait %i", (seconds, waited) => {
    expect(readWait({ wait: { place: 1, seconds } })?.seconds).toBe(waited);
  });
});
