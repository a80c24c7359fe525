import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { type AuditEvent } from "../audit/events";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { auditDays } from "../db/statistics-schema";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { countDays, readActivity } from "./days";

/** 09:00 in Beijing. */
const now = new Date("2026-11-27T01:00:00Z");

async function record(at: string, event: Partial<Pick<AuditEvent, "kind" | "method" | "reason" | "count" | "corpId">>) {
  const { kind = "signed_in", method = null, reason = null, count = 1, corpId = ownCorpId() } = event;
  await db.insert(auditEvents).values({ at: new Date(at), kind, method, reason, count, corpId });
}

onBothEngines((settings) => {
  createWorld(settings);
  let admin: Admin;

  beforeEach(async () => {
    admin = await asAdmin();
    await db.delete(auditEvents);
    await db.delete(auditDays);
  });

  const read = () => readActivity(admin, 7, now);

  describe("the activity of the latest days", () => {
    test("has the sign-ins of each day in Beijing by method", async () => {
      await record("2026-11-25T15:59:59Z", { method: "silent" });
      await record("2026-11-25T16:00:00Z", { method: "ticket" });
      await record("2026-11-26T15:00:00Z", { method: "ticket" });
      await record("2026-11-27T00:30:00Z", { method: "frame" });
      const { days } = await read();
      expect(days.map(({ day }) => day)).toHaveLength(7);
      expect(days.slice(-3)).toEqual([
        { day: "2026-11-25", methods: { silent: 1, ticket: 0, frame: 0, redirect: 0 } },
        { day: "2026-11-26", methods: { silent: 0, ticket: 2, frame: 0, redirect: 0 } },
        { day: "2026-11-27", methods: { silent: 0, ticket: 0, frame: 1, redirect: 0 } },
      ]);
    });

    test("has the refusals by reason, the most frequent first, and what phones declined", async () => {
      await record("2026-11-26T02:00:00Z", { kind: "refused", reason: "outsider" });
      await record("2026-11-27T00:10:00Z", { kind: "refused", reason: "leaver", count: 12 });
      await record("2026-11-27T00:20:00Z", { kind: "ticket_decided", reason: "declined", count: 2 });
      await record("2026-11-27T00:20:00Z", { kind: "ticket_decided", reason: "approved" });
      expect((await read()).refusals).toEqual([
        { reason: "leaver", count: 12 },
        { reason: "declined", count: 2 },
        { reason: "outsider", count: 1 },
      ]);
    });

    test("has nothing of other days, other companies and other kinds", async () => {
      await record("2026-11-20T15:00:00Z", { method: "silent" });
      await record("2026-11-27T00:30:00Z", { method: "silent", corpId: "dingother" });
      await record("2026-11-27T00:30:00Z", { kind: "signed_out" });
      const { days, refusals } = await read();
      expect(days.flatMap(({ methods }) => Object.values(methods)).filter(Boolean)).toEqual([]);
      expect(refusals).toEqual([]);
    });

    test("is the same when the days that are over were counted, again and after their events were deleted", async () => {
      for (const day of ["22", "24", "26"])
        for (const method of ["silent", "frame"] as const) await record(`2026-11-${day}T02:00:00Z`, { method });
      await record("2026-11-24T03:00:00Z", { kind: "refused", reason: "outsider" });
      await record("2026-11-27T00:30:00Z", { method: "frame" });
      const before = await read();
      await countDays(now);
      await countDays(now);
      expect(await read()).toEqual(before);
      await db.execute(sql`delete from audit_events where at < '2026-11-26T16:00:00Z'`);
      expect(await read()).toEqual(before);
    });

    test("does not count a day that has just ended, whose last transactions may still be open", async () => {
      await record("2026-11-26T15:30:00Z", { method: "silent" });
      await countDays(new Date("2026-11-26T16:05:00Z"));
      expect(await db.$count(auditDays)).toBe(0);
      await countDays(new Date("2026-11-26T16:15:00Z"));
      expect(await db.select().from(auditDays)).toMatchObject([{ day: "2026-11-26", detail: "silent", count: 1 }]);
    });

    test("forgets days that no page shows", async () => {
      const old = { corpId: ownCorpId(), day: "2026-09-01", kind: "signed_in", detail: "silent", count: 5 };
      await db.insert(auditDays).values(old);
      await countDays(now);
      expect(await db.$count(auditDays)).toBe(0);
    });
  });
});
