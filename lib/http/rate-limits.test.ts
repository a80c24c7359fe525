import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { countInDatabase, createWorld, withSingleton } from "../../test/world";
import { db } from "../db/client";
import { rateLimits } from "../db/expiring-schema";
import { exceedsLimit } from "./rate-limits";

createWorld({ TICKETS_PER_MINUTE: "3" });

const now = new Date("2026-11-22T08:00:00Z");

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now }));

afterEach(() => vi.useRealTimers());

function openFrom(ip: string | null) {
  return exceedsLimit(["open by ip", ip]);
}

describe.each<[string, typeof countInDatabase]>([
  ["that the database counts", countInDatabase],
  ["that the only process counts", (work) => work()],
])("S20 a limit %s", (_name, count) => {
  test("allows its number of uses, then returns the seconds to wait, and allows uses again after them", () =>
    count(async () => {
      for (let turn = 0; turn < 3; turn += 1) expect(await openFrom("203.0.113.24")).toBeNull();
      vi.advanceTimersByTime(20_000);
      expect(await openFrom("203.0.113.24")).toBe(40);
      vi.advanceTimersByTime(41_000);
      expect(await openFrom("203.0.113.24")).toBeNull();
    }));

  test("allows exactly its number of concurrent uses", () =>
    count(async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => openFrom("203.0.113.24")));
      expect(answers.filter((wait) => wait === null)).toHaveLength(3);
    }));

  test("counts each address and each kind of use separately", () =>
    count(async () => {
      for (let turn = 0; turn < 4; turn += 1) await openFrom("203.0.113.24");
      expect(await openFrom("198.51.100.7")).toBeNull();
      expect(await exceedsLimit(["ask by ip", "203.0.113.24"])).toBeNull();
    }));

  test("counts nothing without a key", () =>
    count(async () => {
      for (let turn = 0; turn < 5; turn += 1) expect(await openFrom(null)).toBeNull();
      expect(await db.select().from(rateLimits)).toEqual([]);
    }));

  test("combined with others returns the wait of the first that is exceeded", () =>
    count(async () => {
      const ask = (browser: string) => exceedsLimit(["open by ip", "203.0.113.24"], ["open by browser", browser]);
      for (const browser of ["a", "b", "c"]) expect(await ask(browser)).toBeNull();
      expect(await ask("d")).toBe(60);
    }));

  test("on one employee's decisions is ten a minute, too few to guess a number", () =>
    count(async () => {
      const decide = () => exceedsLimit(["decide by employee", "user0001"]);
      for (let turn = 0; turn < 10; turn += 1) expect(await decide()).toBeNull();
      expect(await decide()).toBe(60);
    }));
});

describe("S42 a limit", () => {
  test("that is reached costs no more statements", () =>
    countInDatabase(async () => {
      for (let turn = 0; turn < 20; turn += 1) await openFrom("203.0.113.24");
      expect(await db.select().from(rateLimits)).toMatchObject([{ points: 3 }]);
    }));

  test("stores one short row per address, whatever the caller sent", () =>
    countInDatabase(async () => {
      const openFrom = (ip: string, browser: string) => exceedsLimit(["open by ip", ip], ["open by browser", browser]);
      for (const cookie of ["a", "b", "c", "d"]) await openFrom("x".repeat(8000), cookie.repeat(8000));
      const keys = (await db.select().from(rateLimits)).map(({ key }) => key);
      expect(keys).toEqual([expect.stringMatching(/^open by ip:.{43}$/)]);
    }));

  test("counts in this process while the database does not answer", () =>
    countInDatabase(() =>
      withSingleton("database", { database: null }, async () => {
        for (let turn = 0; turn < 3; turn += 1) expect(await openFrom("203.0.113.24")).toBeNull();
        expect(await openFrom("203.0.113.24")).toBe(60);
      }),
    ));

  test("costs no statement at all in the only process", async () => {
    for (let turn = 0; turn < 20; turn += 1) await openFrom("203.0.113.24");
    expect(await db.select().from(rateLimits)).toEqual([]);
  });
});
