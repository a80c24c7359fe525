import fc from "fast-check";
import { expect, test } from "vitest";
import { parseUserId } from "../dingtalk/identity";
import { readPageKey, writePageKey } from "./page-key";

const userIds = fc.string({ unit: "binary", maxLength: 80 }).filter((value) => parseUserId(value) !== null);
const times = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });
const write = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a page key reads back as it was written", () => {
  fc.assert(
    fc.property(times, userIds, (at, id) => {
      expect(readPageKey(writePageKey({ at, id }))).toEqual({ at, id });
    }),
  );
});

test("a page key needs no escaping in an address", () => {
  fc.assert(
    fc.property(times, userIds, (at, id) => {
      expect(writePageKey({ at, id })).toMatch(/^[\w-]+$/);
    }),
  );
});

test("a page key from any text contains a date and an id that the database accepts", () => {
  const texts = fc.oneof(fc.string(), fc.tuple(fc.double(), fc.string({ unit: "binary" })).map(write));
  fc.assert(
    fc.property(texts, (text) => {
      const key = readPageKey(text);
      if (!key) return;
      expect(key.at.toISOString()).toMatch(/^\d{4}-/);
      expect(key.id).not.toContain("\0");
    }),
  );
});

test.each([
  ["an empty text", ""],
  ["text that is not JSON", "garbage"],
  ["another shape", write({ lastSeen: 1, userId: "user0001" })],
  ["a time before 1970", write([-1, "user0001"])],
  ["a time after the year 9999", write([8.64e15, "user0001"])],
  ["a time that is not a date", write([9e15, "user0001"])],
  ["a fractional millisecond", write([1.5, "user0001"])],
  ["an empty id", write([1, ""])],
  ["an id with a zero byte", write([1, "a\0b"])],
  ["an id that is too long", write([1, "a".repeat(65)])],
])("%s is not a page key", (_what, text) => {
  expect(readPageKey(text)).toBeNull();
});
