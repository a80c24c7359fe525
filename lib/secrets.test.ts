import fc from "fast-check";
import { expect, test } from "vitest";
import { createReference, createSignedSecret, hashSecret, isSignedSecret, randomSecret } from "./secrets";

test("a secret has 256 bits, is safe in a cookie and an address, and does not repeat", () => {
  const secrets = Array.from({ length: 500 }, randomSecret);
  expect(new Set(secrets).size).toBe(500);
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
});

test("S16 a signed secret is recognised by its key alone, and no other value is", () => {
  const secret = createSignedSecret("the key");
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(createSignedSecret("the key")).not.toBe(secret);
  expect([isSignedSecret(secret, "the key"), isSignedSecret(secret, "another key")]).toEqual([true, false]);
  fc.assert(fc.property(fc.string(), (made) => !isSignedSecret(made, "the key")));
  for (const made of ["", randomSecret(), secret.slice(1), `${secret}AAAA`])
    expect(isSignedSecret(made, "the key")).toBe(false);
});

test("a secret's hash is stable, differs between secrets and does not contain them", () => {
  expect(hashSecret("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  fc.assert(
    fc.property(fc.string({ minLength: 6 }), fc.string({ minLength: 6 }), (one, other) => {
      expect(hashSecret(one) === hashSecret(other)).toBe(one === other);
      expect(hashSecret(one)).not.toContain(one);
    }),
  );
});

test("a reference has eight characters that cannot be mistaken for one another (S38)", () => {
  const references = Array.from({ length: 500 }, createReference);
  for (const reference of references) expect(reference).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
  expect(new Set(references).size).toBe(500);
  const used = new Set(references.join(""));
  for (const mistakable of "01ILOU") expect(used).not.toContain(mistakable);
});
