import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findAbandoned, renameState, stateCookieName, withOwnState } from "./state-cookies";

const base = "__Secure-state";

describe("a state's cookie", () => {
  test("has a name of its own that does not give the state away (S1)", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.string({ minLength: 8 }), (one, other) => {
        expect(stateCookieName(base, one)).toMatch(/^__Secure-state\.[\w-]{8}$/);
        expect(stateCookieName(base, one) === stateCookieName(base, other)).toBe(one === other);
      }),
    );
  });

  test("is given to next-auth under the name it knows, and no other state with it", () => {
    const jar = {
      [stateCookieName(base, "one")]: "sealed one",
      [stateCookieName(base, "two")]: "sealed two",
      other: "kept",
    };
    expect(withOwnState(jar, base, "two")).toEqual({ other: "kept", [base]: "sealed two" });
  });

  test.each([null, "", "unknown"])("S1 is absent for state %j, which this browser has not", (state) => {
    const jar = { [stateCookieName(base, "one")]: "sealed one", [base]: "put there by somebody", other: "kept" };
    expect(withOwnState(jar, base, state)).toEqual({ other: "kept" });
  });

  test("is set under its own name, with everything else of the line kept", () => {
    const line = `${base}=sealed; Path=/; HttpOnly; Secure; SameSite=Lax`;
    const renamed = renameState(line, base, "one");
    expect(renamed).toBe(`${stateCookieName(base, "one")}=sealed; Path=/; HttpOnly; Secure; SameSite=Lax`);
    expect(renameState(renamed, base, "one")).toBe(renamed);
  });

  test("leaves other cookies' lines as they are", () => {
    for (const line of ["__Host-session=x; Path=/", `${base}less=x`, "other=__Secure-state=x"])
      expect(renameState(line, base, "one")).toBe(line);
  });
});

describe("abandoned sign-ins", () => {
  const begun = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${base}.${index}`, "sealed"]));

  test("are kept up to four, since a fifth is about to begin", () => {
    expect(findAbandoned({ ...begun(4), other: "x" }, base)).toEqual([]);
  });

  test("beyond that go, the oldest first", () => {
    expect(findAbandoned({ other: "x", ...begun(7) }, base)).toEqual([`${base}.0`, `${base}.1`, `${base}.2`]);
  });
});
