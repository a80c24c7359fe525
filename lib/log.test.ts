import { inspect } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createMemoryLog } from "../test/log";
import { DingTalkError } from "./dingtalk/errors";
import { describeError } from "./log";

const secret = "8f0c1e6f2b7a3d4c9e5f60718293a4b5";

describe("an error in the log", () => {
  test("of a query loses the values, which are people's records", () => {
    const cause = Object.assign(new Error(`Key (mobile)=(${secret}) exists`), { code: "23505", detail: secret });
    const error = new DrizzleQueryError("insert into employees values ($1)", [secret], cause);
    expect(error.message).toContain(secret);
    const described = describeError(error);
    expect(inspect(described, { depth: 9 })).not.toContain(secret);
    expect(described).toMatchObject({ message: expect.stringContaining("insert into employees"), cause: "23505" });
  });

  test("keeps where it happened, but not its message a second time in the stack", () => {
    const described = describeError(new Error("first line\nparams: secret\nat home"));
    expect(described.stack).toEqual(expect.arrayContaining([expect.stringContaining("log.test.ts")]));
    expect(inspect(described)).not.toContain("params");
  });

  test("of DingTalk keeps what its support asks for", () => {
    const error = new DingTalkError({
      call: "v2/user/get",
      kind: "refused",
      reason: "permission_missing",
      code: "60011",
      requestId: "R1",
      requiredScopes: ["qyapi_get_member"],
      cause: new Error(secret),
    });
    const described = describeError(error);
    expect(described).toMatchObject({ call: "v2/user/get", code: "60011", requestId: "R1", cause: "Error" });
    expect(described).toMatchObject({ requiredScopes: ["qyapi_get_member"] });
    expect(inspect(described, { depth: 9 })).not.toContain(secret);
  });

  test("names of a cause only its code or kind", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    expect(describeError(new Error("no database", { cause: refused }))).toMatchObject({ cause: "ECONNREFUSED" });
    expect(describeError(new Error("odd", { cause: new TypeError(secret) }))).toMatchObject({ cause: "TypeError" });
    expect(describeError(new Error("odd", { cause: secret })).cause).toBeUndefined();
  });

  test.each([secret, { secret }, null, undefined])("that is no error is told only by its type: %o", (thrown) => {
    expect(describeError(thrown)).toEqual({ type: typeof thrown });
  });

  test("goes through that description when it is logged, and line breaks stay inside one line (S37)", () => {
    const { log, lines } = createMemoryLog();
    log.warn({ err: new DrizzleQueryError("select $1", [secret]) }, `a message\nwith {"level":60} in it`);
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(secret);
    expect(lines.join().trim()).not.toContain("\n");
  });
});
