import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeReturnTo } from "./return-to";

const own = "https://login.example.com";

/** Pieces that open redirects are made of, in any order. */
const tricks = fc
  .array(
    fc.constantFrom(
      ...["/", "\\", "//", ".", "..", "@", ":", "?", "#", "%2f", "%5c", "%2e", "%09", "%00", "\t", "\n", "\r", " "],
      ...[
        "\u00a0",
        "\ufeff",
        "\u3002",
        "／",
        "＼",
        "https:",
        "javascript:",
        "data:",
        "evil.example",
        "profile",
        "login",
      ],
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));
const anything = fc.oneof(tricks, fc.string(), fc.string({ unit: "binary" }), fc.webUrl(), fc.webPath());
const addresses = fc.oneof(
  anything,
  anything.map((text) => `/${text}`),
);

describe("the path after signing in", () => {
  test("S5 is on our own origin for any requested address", () => {
    fc.assert(
      fc.property(addresses, (requested) => {
        const path = safeReturnTo(requested);
        expect(path).toMatch(/^\/(?![/\\])[!-~]*$/);
        expect(new URL(path, own).origin).toBe(own);
      }),
      { numRuns: 2000 },
    );
  });

  test("S5 does not change when it is checked again", () => {
    fc.assert(
      fc.property(addresses, (requested) => {
        const path = safeReturnTo(requested);
        if (path.length <= 1024) expect(safeReturnTo(path)).toBe(path);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    "/",
    "/profile",
    "/admin/employees?search=%E6%9D%8E&after=abc",
    "/profile#top",
    "/scan/abc",
    "/loginform",
  ])("is %s when that was requested", (requested) => {
    expect(safeReturnTo(requested)).toBe(requested);
  });

  test.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n//evil.example",
    "\t//evil.example",
    " //evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/profile/..//evil.example",
    "/%2e%2e//evil.example",
    "https://evil.example",
    "https:evil.example",
    "http://here.invalid/profile",
    "javascript:alert(1)",
    "profile",
    "",
    "?returnTo=/",
    `/${"a".repeat(1024)}`,
  ])("S5 is the profile page when %j was requested", (requested) => {
    expect(safeReturnTo(requested)).toBe("/profile");
  });

  test.each(["/login", "/login?error=denied", "/login/start", "/api/auth/signout", "/api", "/language?to=en"])(
    "is the profile page instead of %s, which would loop or sign out",
    (requested) => {
      expect(safeReturnTo(requested)).toBe("/profile");
    },
  );

  test.each([undefined, null, 7, {}, ["/admin"]])("is the profile page for %j, which is not text", (requested) => {
    expect(safeReturnTo(requested)).toBe("/profile");
  });

  test("S5 stays on our own origin when it is percent-encoded", () => {
    expect(safeReturnTo("/%5cevil.example")).toBe("/%5cevil.example");
    expect(new URL(safeReturnTo("/%5cevil.example"), own).origin).toBe(own);
    expect(new URL(safeReturnTo("/%2f%2fevil.example"), own).origin).toBe(own);
  });
});
