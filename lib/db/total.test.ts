import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createWorld } from "../../test/world";
import { db } from "./client";
import { consumedCodes } from "./expiring-schema";
import { countList } from "./total";

createWorld();

const list = { name: "codes", table: consumedCodes, where: undefined };

beforeEach(() => globalThis.singletons?.delete("totals"));

afterEach(() => vi.useRealTimers());

async function add(from: number, to: number): Promise<void> {
  await db.execute(
    sql`insert into consumed_codes select n::text, now() from generate_series(${from}::int, ${to}::int) n`,
  );
}

test("a list of up to 1,000 rows has its exact total at once", async () => {
  await add(1, 999);
  expect(await countList(list)).toBe(999);
  await add(1000, 1000);
  expect(await countList(list)).toBe(1000);
});

test("a longer list is counted once a minute", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await add(1, 1001);
  expect(await countList(list)).toBe(1001);
  await add(1002, 1002);
  expect(await countList(list)).toBe(1001);
  expect(await countList({ ...list, name: "another list" })).toBe(1002);
  vi.setSystemTime(Date.now() + 60_001);
  expect(await countList(list)).toBe(1002);
});
