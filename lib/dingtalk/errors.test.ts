import { describe, expect, test, vi } from "vitest";
import { DingTalkError } from "./errors";

const details = { call: "v2/user/get", kind: "refused", reason: "not_member", code: "60121" } as const;

describe("a DingTalkError", () => {
  test("passes instanceof in code that was bundled with another copy of the class", async () => {
    vi.resetModules();
    const { DingTalkError: OtherCopy } = await import("./errors");
    expect(OtherCopy).not.toBe(DingTalkError);
    expect(new OtherCopy(details)).toBeInstanceOf(DingTalkError);
    expect(new DingTalkError(details)).toBeInstanceOf(OtherCopy);
  });

  test("differs from every other error and from values with the same fields", () => {
    const lookalikes = [new Error("x"), { ...details, name: "DingTalkError" }, null, "DingTalkError", undefined];
    expect(lookalikes.filter((value) => value instanceof DingTalkError)).toEqual([]);
  });
});
