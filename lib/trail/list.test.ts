import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { type AuditEvent, auditKinds, recordEvent } from "../audit/events";
import { outcomeOf, outcomes } from "../audit/outcomes";
import { auditChain, auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { saveEmployee } from "../employees/store";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { listTrail } from "./list";
import { readTrailQuery } from "./query";

const client = { ip: "198.51.100.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36" };

function record(event: Partial<AuditEvent>): Promise<void> {
  return recordEvent(db, { kind: "signed_in", corpId: ownCorpId(), client, ...event });
}

async function recordMany(count: number, kind: string): Promise<void> {
  await db.execute(
    sql`insert into audit_events (kind, corp_id, user_id) select ${kind}, ${ownCorpId()}, 'user0001' from generate_series(1, ${count}::int)`,
  );
}

onBothEngines((settings) => {
  createWorld(settings);
  let admin: Admin;

  beforeEach(async () => {
    globalThis.singletons?.delete("trailSearches");
    globalThis.singletons?.delete("trailPosition");
    admin = await asAdmin();
    await saveEmployee(db, buildEmployee("user0001", { name: "李雷" }));
    await saveEmployee(db, buildEmployee("user00011", { name: "李明" }));
    for (const table of [auditEvents, auditChain]) await db.delete(table);
  });

  const list = (given: object = {}) => listTrail(admin, readTrailQuery(given));
  const listAll = async (given: object) => {
    const events: Awaited<ReturnType<typeof list>>["events"] = [];
    for (let after: string | null = null; ; ) {
      const page = await list({ ...given, after });
      events.push(...page.events);
      after = page.next;
      if (after === null) return events;
    }
  };
  const reasons = async (given: object) => (await list(given)).events.map(({ reason }) => reason);

  test("an event is shown with its people, its device and its place in the chain", async () => {
    await record({ kind: "employee_viewed", userId: "user0001", actorUserId: admin.userId, reference: "7KQ2M9PX" });
    await record({ kind: "signed_in", userId: "erased", method: "silent" });
    const { events, total, next, upTo } = await list();
    expect({ total, next, upTo }).toEqual({ total: 2, next: null, upTo: 2 });
    expect(events).toMatchObject([
      {
        person: { userId: "erased", name: null },
        actor: null,
        method: "silent",
        place: { position: 2, isIntact: true },
      },
      {
        person: { userId: "user0001", name: "李雷" },
        actor: { userId: "user0002", name: "Name of user0002" },
        device: { browser: "Chrome 156", system: "Linux" },
        place: { position: 1, isIntact: true },
      },
    ]);
  });

  test("S46 an event that was changed, or that has no place in the chain, shows it", async () => {
    await record({ reason: "first" });
    await record({ reason: "second" });
    await db.update(auditEvents).set({ ip: null }).where(eq(auditEvents.reason, "first"));
    await db.delete(auditChain).where(eq(auditChain.position, 2));
    expect((await list()).events.map(({ place }) => place?.isIntact ?? null)).toEqual([null, false]);
  });

  test("pages have no common event and leave none out, also of one moment", async () => {
    await recordMany(120, "signed_in");
    const seen: number[] = [];
    let after: string | null = null;
    for (const size of [50, 50, 20]) {
      const page = await list({ after });
      expect(page.events).toHaveLength(size);
      expect(page.total).toBe(120);
      seen.push(...page.events.map(({ id }) => id));
      after = page.next;
    }
    expect(after).toBeNull();
    expect(seen).toEqual([...new Set(seen)].toSorted((one, other) => other - one));
    expect(seen).toHaveLength(120);
  });

  test("a position that is made up leads to the newest events", async () => {
    await recordMany(2, "signed_in");
    for (const after of ["made up", Buffer.from('[1,"x"]').toString("base64url")])
      expect((await list({ after })).events).toHaveLength(2);
  });

  test("a large total is counted up to a limit", async () => {
    await recordMany(10_001, "signed_in");
    expect(await list()).toMatchObject({ total: 10_000, hasMore: true });
    expect(await list({ kind: "signed_in" })).toMatchObject({ total: 10_000, hasMore: true });
    expect(await list({ kind: "refused" })).toMatchObject({ total: 0, hasMore: false, events: [] });
  });

  describe("a person", () => {
    beforeEach(async () => {
      await record({ userId: "user0001", reason: "about 李雷" });
      await record({ userId: "user00011", reason: "about 李明" });
      await record({ kind: "employee_viewed", userId: "user0003", actorUserId: "user0001", reason: "by 李雷" });
      await record({ kind: "session_ended", userId: "user0001", actorUserId: "user0001", reason: "both" });
      await record({ userId: "gone", reason: "about an erased one" });
    });

    test.each([
      ["user0001", ["both", "by 李雷", "about 李雷"]],
      ["user00011", ["about 李明"]],
      ["李", ["both", "by 李雷", "about 李明", "about 李雷"]],
      ["lilei", ["both", "by 李雷", "about 李雷"]],
      ["gone", ["about an erased one"]],
      ["no-such", []],
    ])("%s finds what they did and what was done to them", async (person, expected) => {
      const found = await reasons({ person });
      expect(found.filter((reason) => !reason?.includes("*"))).toEqual(expected);
    });

    test("is found together with other filters, over pages", async () => {
      await recordMany(60, "refused");
      const first = await list({ person: "李", kind: "refused" });
      expect(first).toMatchObject({ total: 60 });
      const second = await list({ person: "李", kind: "refused", after: first.next });
      expect([first.events.length, second.events.length]).toEqual([50, 10]);
    });

    test("S37 is searched for with one event, without the words, however often the page is read anew", async () => {
      for (let times = 0; times < 3; times += 1) await list({ person: "李雷" });
      await list({ person: "13800000001" });
      const searches = await recordedEvents(eq(auditEvents.kind, "audit_searched"));
      expect(searches.map(({ reason, actorUserId }) => [reason, actorUserId])).toEqual([
        ["李*", "user0002"],
        ["1**********", "user0002"],
      ]);
      await list();
      expect(await db.$count(auditEvents, eq(auditEvents.kind, "audit_searched"))).toBe(2);
    });

    test("that is hundreds of people is cut, and the page says so", async () => {
      await db.execute(sql`insert into employees (corp_id, user_id, union_id, name, active, search_text, details)
        select ${ownCorpId()}, 'many' || n, 'u' || n, 'Many', true, 'manyfold', '{}'::jsonb from generate_series(1, 301) n`);
      expect((await list({ person: "manyfold" })).isCut).toBe(true);
      expect((await list({ person: "李雷" })).isCut).toBe(false);
    });
  });

  test("a reference finds its events, whatever its case", async () => {
    await record({ kind: "refused", reference: "7KQ2M9PX", reason: "outsider" });
    await record({ kind: "refused", reference: "M4T8WZ2C", reason: "leaver" });
    expect(await reasons({ reference: "7kq2m9px" })).toEqual(["outsider"]);
    expect(await reasons({ reference: "7KQ2M9PX", person: "user0001" })).toEqual([]);
    expect(await reasons({ reference: "7KQ2M9PX", outcome: "succeeded" })).toEqual([]);
  });

  test("a time leaves out what was before and after", async () => {
    for (const [reason, age] of [
      ["old", "40 days"],
      ["week", "3 days"],
      ["new", "1 minute"],
    ] as const) {
      await db.execute(
        sql`insert into audit_events (kind, corp_id, reason, at) values ('signed_in', ${ownCorpId()}, ${reason}, now() - ${age}::interval)`,
      );
    }
    expect(await reasons({ within: "hour" })).toEqual(["new"]);
    expect(await reasons({ within: "month" })).toEqual(["new", "week"]);
    expect(await reasons({ within: "month", kind: "signed_in" })).toEqual(["new", "week"]);
    expect(await reasons({ to: "2100-01-01" })).toEqual(["new", "week", "old"]);
    expect(await reasons({ from: "2100-01-01" })).toEqual([]);
  });

  test("each outcome finds what is shown with it, and together they find everything", async () => {
    const special = ["outsider", "too_many_requests", "approved", "declined", "wrong_number", "too_late", "rejected"];
    for (const kind of auditKinds)
      for (const reason of [null, ...special, "over_limit", "done +1 ~2 -3", "failed timeout"])
        await record({ kind, reason });
    const found: number[] = [];
    for (const outcome of outcomes) {
      const events = await listAll({ outcome });
      expect(events.filter((event) => outcomeOf(event) !== outcome)).toEqual([]);
      found.push(...events.map(({ id }) => id));
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBe(await db.$count(auditEvents));
  });

  test("another company's events are not found", async () => {
    await record({ corpId: "another", userId: "user0001", reference: "7KQ2M9PX" });
    for (const given of [{}, { person: "user0001" }, { kind: "signed_in" }, { reference: "7KQ2M9PX" }])
      expect((await list(given)).events.filter(({ kind }) => kind === "signed_in")).toEqual([]);
  });
});
