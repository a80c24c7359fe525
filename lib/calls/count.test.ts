import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { onBothEngines } from "../../test/engines";
import { createWorld, withSingleton } from "../../test/world";
import { db } from "../db/client";
import { dingtalkCalls } from "../db/statistics-schema";
import { type CallReport } from "../dingtalk/send-call";
import { countCall, deleteOldCalls, flushCalls } from "./count";
import { spanOf } from "./latency";

const hour = new Date("2026-11-27T01:00:00Z");
const within = hour.getTime() + 20 * 60_000;

function count(report: Partial<CallReport> = {}, at = within): void {
  countCall({ name: "v2/user/get", ms: 120, outcome: "ok", reason: null, code: null, requestId: null, ...report }, at);
}

const stored = () => db.select().from(dingtalkCalls).orderBy(dingtalkCalls.hour, dingtalkCalls.name);

onBothEngines((settings) => {
  createWorld(settings);
  beforeEach(() => void globalThis.singletons?.delete("dingtalkCalls"));

  describe("the count of calls", () => {
    test("has a row for each hour and API, with how long the calls took", async () => {
      for (const ms of [120, 120, 900]) count({ ms });
      count({ name: "contact/users" });
      count({}, within + 3_600_000);
      await flushCalls();
      const rows = await stored();
      expect(rows.map(({ name, calls }) => [name, calls])).toEqual([
        ["contact/users", 1],
        ["v2/user/get", 3],
        ["v2/user/get", 1],
      ]);
      expect(rows[1]).toMatchObject({ hour, failures: 0, throttled: 0 });
      expect([rows[1]?.spans[spanOf(120)], rows[1]?.spans[spanOf(900)]]).toEqual([2, 1]);
    });

    test("is added to by every process and each minute", async () => {
      for (let process = 0; process < 3; process += 1) {
        count({ ms: 50 });
        count({ outcome: "timeout", ms: 5000 });
        await flushCalls();
      }
      const [row] = await stored();
      expect(row).toMatchObject({ calls: 6, failures: 3 });
      expect([row?.spans[spanOf(50)], row?.spans[spanOf(5000)], row?.spans.length]).toEqual([3, 3, 56]);
    });

    test("takes a refusal for a failure only where DingTalk could not answer", async () => {
      count({ outcome: "refused", reason: "code_used" });
      count({ outcome: "refused", reason: "not_member" });
      count({ outcome: "refused", reason: "throttled" });
      count({ outcome: "refused", reason: "busy" });
      count({ outcome: "unreachable" });
      await flushCalls();
      expect(await stored()).toMatchObject([{ calls: 5, failures: 3, throttled: 1 }]);
    });

    test("is kept while the database is away, and written once", async () => {
      count();
      const failing = {
        insert: () => {
          throw new Error("away");
        },
      };
      await withSingleton("database", { database: { db: failing } }, flushCalls);
      expect(await stored()).toEqual([]);
      count();
      await flushCalls();
      await flushCalls();
      expect(await stored()).toMatchObject([{ calls: 2 }]);
    });

    test("is deleted after 35 days", async () => {
      count({}, Date.now() - 36 * 86_400_000);
      count({}, Date.now() - 34 * 86_400_000);
      await flushCalls();
      await deleteOldCalls();
      expect(await stored()).toHaveLength(1);
    });

    test("costs no statement", async () => {
      const before = await db.execute(sql`select count(*) from dingtalk_calls`);
      for (let calls = 0; calls < 1000; calls += 1) count();
      expect(await db.execute(sql`select count(*) from dingtalk_calls`)).toEqual(before);
    });
  });
});
