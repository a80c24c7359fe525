import { inspect } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createMemoryLog } from "../test/log";
import { DingTalkError } from "./dingtalk/errors";
import { describeError } from "./log";

const secret = "8f0c1e6f2b7a3d4c9e5f60718293a4b5";

describe("an error in the log", () => {
  test("of a query omits the values, which are personal data", () => {
    const cause = Object.assign(new Error(`Key (mobile)=(${secret}) exists`), { code: "23505", detail: secret });
    const error = new DrizzleQueryError("insert into employees values ($1)", [secret], cause);
    expect(error.message).toContain(secret);
    const described = describeError(error);
    expect(inspect(described, { depth: 9 })).not.toContain(secret);
    expect(described).toMatchObject({ message: expect.stringContaining("insert into employees"), cause: "23505" });
  });

  test("S43 of the database itself has its code, because its message may quote a value", () => {
    const error = Object.assign(new Error(`invalid input: "${secret}"`), { severity: "ERROR", code: "22P02" });
    expect(describeError(error).message).toBe("database error 22P02");
  });

  test("has a stack without its message", () => {
    const described = describeError(new Error("first line\nparams: secret\nat home"));
    expect(described.stack).toEqual(expect.arrayContaining([expect.stringContaining("log.test.ts")]));
    expect(inspect(described)).not.toContain("params");
  });

  test("of DingTalk has the fields that DingTalk's support asks for", () => {
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

  test("has only the code or the name of its cause", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    expect(describeError(new Error("no database", { cause: refused }))).toMatchObject({ cause: "ECONNREFUSED" });
    expect(describeError(new Error("odd", { cause: new TypeError(secret) }))).toMatchObject({ cause: "TypeError" });
    expect(describeError(new Error("odd", { cause: secret })).cause).toBeUndefined();
  });

  test.each([secret, { secret }, null, undefined])("that is not an Error has only its type: %o", (thrown) => {
    expect(describeError(thrown)).toEqual({ type: typeof thrown });
  });

  test("is logged with that description, in one line even when the message has line breaks (S37)", () => {
    const { log, lines } = createMemoryLog();
    log.warn({ err: new DrizzleQueryError("select $1", [secret]) }, `a message\nwith {"level":60} in it`);
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(secret);
    expect(lines.join().trim()).not.toContain("\n");
  });
});
