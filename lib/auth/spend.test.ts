import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "../db/client";
import { spentCodes } from "../db/schema";
import { createWorld } from "../test-world";
import { spendOnce } from "./spend";

createWorld();

async function rows() {
  const handle = await db();
  return handle.select().from(spentCodes);
}

test("S3 of fifty that spend one code at once, one succeeds", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => spendOnce("auth code", "c0de")));
  expect(answers.filter(Boolean)).toHaveLength(1);
  expect(await rows()).toHaveLength(1);
});

test("S2 a value is spent for its own kind only", async () => {
  for (const kind of ["state", "auth code", "silent code"] as const) expect(await spendOnce(kind, "value")).toBe(true);
  for (const kind of ["state", "auth code", "silent code"] as const) expect(await spendOnce(kind, "value")).toBe(false);
});

test("S7 a code is kept only as a hash", async () => {
  await spendOnce("auth code", "c0de-of-somebody");
  expect(JSON.stringify(await rows())).not.toContain("c0de-of-somebody");
});

test("S3 a code stays spent for longer than it could live, and is forgotten afterwards", async () => {
  await spendOnce("auth code", "c0de");
  await spendOnce("state", "other");
  const [row] = await rows();
  expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(15 * 60_000);
  await (await db()).execute(sql`update spent_codes set expires_at = now() - interval '1 second'`);
  await spendOnce("state", "third");
  expect(await rows()).toHaveLength(1);
});
