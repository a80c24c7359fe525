import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { createWorld, withSingleton } from "../test/world";
import { isReady } from "./boot";
import { db } from "./db/client";

createWorld();

test("S35 a process is ready while its database answers", async () => {
  expect(await isReady()).toBe(true);
  await withSingleton("database", { database: null }, async () => expect(await isReady()).toBe(false));
});

test("S35 a process whose database accepts no changes is not ready", async () => {
  await db.execute(sql`set default_transaction_read_only = on`);
  expect(await isReady()).toBe(false);
  await db.execute(sql`set default_transaction_read_only = off`);
  expect(await isReady()).toBe(true);
});
