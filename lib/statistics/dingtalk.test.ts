import { beforeEach, describe, expect, test } from "vitest";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { spanCount, spanOf } from "../calls/latency";
import { db } from "../db/client";
import { dingtalkCalls } from "../db/statistics-schema";
import { type Admin } from "../sessions/permission";
import { readCalls, readQuota } from "./dingtalk";

/** 09:20 in Beijing, on the tenth day of the month. */
const now = new Date("2026-11-10T01:20:00Z");

type Row = { calls?: number; failures?: number; ms?: number };

async function add(hour: string, name: string, { calls = 1, failures = 0, ms = 100 }: Row = {}): Promise<void> {
  const spans = Array.from({ length: spanCount }, (_, span) => (span === spanOf(ms) ? calls : 0));
  await db.insert(dingtalkCalls).values({ hour: new Date(hour), name, calls, failures, throttled: 0, spans });
}

onBothEngines((settings) => {
  createWorld({ ...settings, DINGTALK_MONTHLY_QUOTA: "300" });
  let admin: Admin;

  beforeEach(async () => {
    admin = await asAdmin();
    await db.delete(dingtalkCalls);
  });

  describe("what DingTalk's APIs did within a day", () => {
    test("is there for each hour, all APIs together", async () => {
      await add("2026-11-10T01:00:00Z", "v2/user/get", { calls: 3, ms: 100 });
      await add("2026-11-10T01:00:00Z", "contact/users", { calls: 1, failures: 1, ms: 4000 });
      await add("2026-11-09T02:00:00Z", "v2/user/get", { calls: 2 });
      await add("2026-11-09T01:00:00Z", "v2/user/get", { calls: 50 });
      const { hours, calls, failures } = await readCalls(admin, now);
      expect({ calls, failures, length: hours.length }).toEqual({ calls: 6, failures: 1, length: 24 });
      const last = hours.at(-1);
      expect(last).toMatchObject({ at: new Date("2026-11-10T01:00:00Z"), failures: 1 });
      expect([last?.p50, last?.p95].map((value) => (value ?? 0) > 1000)).toEqual([false, true]);
      expect(hours[0]).toMatchObject({ at: new Date("2026-11-09T02:00:00Z"), failures: 0 });
      expect(hours[5]).toMatchObject({ p50: null, p95: null });
    });

    test("is nothing before the first call", async () => {
      expect(await readCalls(admin, now)).toMatchObject({ calls: 0, p50: null, p95: null, failures: 0 });
    });
  });

  describe("the quota", () => {
    test("counts the metered calls of this month in Beijing, and names the others", async () => {
      await add("2026-10-31T15:00:00Z", "corpconversation/asyncsend_v2", { calls: 100 });
      await add("2026-10-31T16:00:00Z", "corpconversation/asyncsend_v2", { calls: 20 });
      await add("2026-11-05T01:00:00Z", "auth/scopes", { calls: 4 });
      await add("2026-11-05T01:00:00Z", "an API of a later release", { calls: 1 });
      await add("2026-11-05T01:00:00Z", "v2/user/get", { calls: 1000 });
      await add("2026-11-05T01:00:00Z", "corpId/token", { calls: 7 });
      expect(await readQuota(admin, now)).toMatchObject({
        ...{ used: 25, exempt: 1007, limit: 300 },
        groups: [
          { group: "directory", used: 4 },
          { group: "events", used: 0 },
          { group: "notifications", used: 20 },
          { group: "rest", used: 1 },
        ],
      });
    });

    test("says what the month will have used, from its second day on", async () => {
      await add("2026-10-31T15:00:00Z", "v2/user/get");
      await add("2026-11-01T00:00:00Z", "auth/scopes", { calls: 10 });
      expect((await readQuota(admin, new Date("2026-11-01T10:00:00Z"))).expected).toBeNull();
      expect((await readQuota(admin, new Date("2026-11-15T16:00:00Z"))).expected).toBe(20);
    });

    test("goes by the days since the app's first call, where it began in the middle of the month", async () => {
      expect((await readQuota(admin, new Date("2026-11-25T16:00:00Z"))).expected).toBeNull();
      await add("2026-11-23T16:00:00Z", "auth/scopes", { calls: 100 });
      expect((await readQuota(admin, new Date("2026-11-24T12:00:00Z"))).expected).toBeNull();
      expect((await readQuota(admin, new Date("2026-11-25T16:00:00Z"))).expected).toBe(350);
    });
  });
});
