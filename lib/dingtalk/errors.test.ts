import { describe, expect, test, vi } from "vitest";
import { DingTalkError } from "./errors";

const details = { call: "v2/user/get", kind: "refused", reason: "not_member", code: "60121" } as const;

describe("a DingTalkError", () => {
  test("is one also for code that was bundled with another copy of the class", async () => {
    vi.resetModules();
    const { DingTalkError: Other } = await import("./errors");
    expect(Other).not.toBe(DingTalkError);
    expect(new Other(details)).toBeInstanceOf(DingTalkError);
    expect(new DingTalkError(details)).toBeInstanceOf(Other);
  });

  test("is no other error, and nothing that only looks like one", () => {
    const lookalikes = [new Error("x"), { ...details, name: "DingTalkError" }, null, "DingTalkError", undefined];
    expect(lookalikes.filter((value) => value instanceof DingTalkError)).toEqual([]);
  });
});
