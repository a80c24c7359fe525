import { describe, expect, test } from "vitest";
import { readLoginQuery } from "./query";

describe("the sign-in page's address", () => {
  test("may be empty", () => {
    expect(readLoginQuery({})).toEqual({
      ...{ refusal: null, reference: null, waitSeconds: 60, returnTo: "/profile", askedCorpId: null },
      signsInAgain: false,
    });
  });

  test("with an unknown error names the refusal unexpected", () => {
    expect(readLoginQuery({ error: "OAuthCallback" }).refusal).toBe("unexpected");
    expect(readLoginQuery({ error: "outsider" }).refusal).toBe("outsider");
  });

  test.each(["call 555-0100 now", "<b>", "a".repeat(41), ["AB12", "CD34"]])(
    "S38 %j is not shown as a reference",
    (reference) => {
      expect(readLoginQuery({ error: "denied", reference }).reference).toBeNull();
    },
  );

  test.each([
    ["42", 42],
    ["0", 60],
    ["-1", 60],
    ["1e9", 60],
    ["soon", 60],
    [["1", "2"], 60],
  ])("S20 %j seconds to wait are read as %i", (seconds, waitSeconds) => {
    expect(readLoginQuery({ error: "too_many_requests", seconds })).toMatchObject({ waitSeconds });
  });

  test.each(["https://evil.test/", "//evil.test", "/\\evil.test", ["/a", "/b"]])(
    "S5 %j is not a path to return to",
    (returnTo) => {
      expect(readLoginQuery({ returnTo }).returnTo).toBe("/profile");
    },
  );

  test("S31 may ask for a new sign-in", () => {
    expect(readLoginQuery({ again: "1" }).signsInAgain).toBe(true);
    for (const again of ["0", "", ["1", "1"]]) expect(readLoginQuery({ again }).signsInAgain).toBe(false);
  });

  test("names the organisation that it was opened from, also inside the page to return to", () => {
    expect(readLoginQuery({ corpId: "ding1" }).askedCorpId).toBe("ding1");
    expect(readLoginQuery({ returnTo: "/profile?corpId=ding1" }).askedCorpId).toBe("ding1");
  });

  test("a placeholder that DingTalk did not replace counts as missing", () => {
    expect(readLoginQuery({ corpId: "$CORPID$" }).askedCorpId).toBeNull();
    expect(readLoginQuery({ returnTo: "/profile?corpId=$CORPID$" }).askedCorpId).toBeNull();
    expect(readLoginQuery({ corpId: "" }).askedCorpId).toBeNull();
  });
});
