import { expect, test } from "vitest";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { consumedCodes } from "../db/expiring-schema";
import { consumeOnce } from "./consume-once";

createWorld();

async function rows() {
  return db.select().from(consumedCodes);
}

test("S3 of fifty concurrent uses of one code, one succeeds", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => consumeOnce({ "auth code": "c0de" })));
  expect(answers.filter((before) => before.size === 0)).toHaveLength(1);
  expect(await rows()).toHaveLength(1);
});

test("S2 a value is consumed for its own kind only", async () => {
  const kinds = ["state", "auth code", "silent code"] as const;
  for (const kind of kinds) expect(await consumeOnce({ [kind]: "value" })).toEqual(new Set());
  for (const kind of kinds) expect(await consumeOnce({ [kind]: "value" })).toEqual(new Set([kind]));
});

test("S1 values that are consumed together are reported separately", async () => {
  await consumeOnce({ state: "one", "auth code": "c0de" });
  expect(await consumeOnce({ state: "two", "auth code": "c0de" })).toEqual(new Set(["auth code"]));
  expect(await consumeOnce({ state: "one", "auth code": "other" })).toEqual(new Set(["state"]));
  expect(await consumeOnce({ state: "two", "auth code": "other" })).toEqual(new Set(["state", "auth code"]));
});

test("S7 a code is stored only as a hash", async () => {
  await consumeOnce({ "auth code": "c0de-of-an-employee" });
  expect(JSON.stringify(await rows())).not.toContain("c0de-of-an-employee");
});

test("S3 a code stays consumed for longer than it is valid", async () => {
  await consumeOnce({ "auth code": "c0de" });
  const [row] = await rows();
  expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(15 * 60_000);
});
