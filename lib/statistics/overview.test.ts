import { beforeEach, describe, expect, test } from "vitest";
import { asAdmin } from "../../test/viewer";
import { createWorld, withSingleton } from "../../test/world";
import { recordEvent } from "../audit/events";
import { auditCheckpoints, auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { dingtalkEvents } from "../db/events-schema";
import { dingtalkCalls } from "../db/statistics-schema";
import { syncRuns } from "../db/sync-schema";
import { env } from "../env";
import { ownCorpId } from "../services";
import { type Admin } from "../sessions/permission";
import { readOverview } from "./overview";

const { dingtalk } = createWorld();

const client = { ip: "203.0.113.7", userAgent: null };

let admin: Admin;

beforeEach(async () => {
  admin = await asAdmin();
  await db.delete(auditEvents);
});

const attention = async () => (await readOverview(admin, 14)).attention;

async function addRun(state: "paused" | "failed"): Promise<void> {
  await db
    .insert(syncRuns)
    .values({ corpId: ownCorpId(), state, trigger: "schedule", holder: "", leasedUntil: new Date() });
}

describe("what needs a person", () => {
  test("is nothing in a company without trouble", async () => {
    await recordEvent(db, { kind: "refused", corpId: ownCorpId(), reason: "outsider", client });
    expect(await attention()).toEqual([]);
  });

  test("is a sync that waits, or failed", async () => {
    await addRun("failed");
    expect(await attention()).toEqual([{ what: "sync_failed" }]);
    await db.delete(syncRuns);
    await addRun("paused");
    expect(await attention()).toEqual([{ what: "sync_paused", count: 0 }]);
  });

  test("is one address that was refused often within an hour", async () => {
    await recordEvent(db, { kind: "refused", corpId: ownCorpId(), reason: "outsider", client, count: 49 });
    expect(await attention()).toEqual([]);
    await recordEvent(db, { kind: "refused", corpId: ownCorpId(), reason: "too_many_requests", client, count: 1 });
    expect(await attention()).toEqual([{ what: "many_refusals", ip: client.ip, count: 50 }]);
  });

  test("is that address also when refusals without one are more frequent", async () => {
    const unknown = { ip: null, userAgent: null };
    await recordEvent(db, { kind: "refused", corpId: ownCorpId(), reason: "outsider", client: unknown, count: 80 });
    expect(await attention()).toEqual([]);
    await recordEvent(db, { kind: "refused", corpId: ownCorpId(), reason: "outsider", client, count: 50 });
    expect(await attention()).toEqual([{ what: "many_refusals", ip: client.ip, count: 50 }]);
  });

  test("is a sign-in that its person did not recognise", async () => {
    await recordEvent(db, { kind: "session_ended", corpId: ownCorpId(), reason: "signed_out", client });
    await recordEvent(db, { kind: "session_ended", corpId: ownCorpId(), reason: "rejected", client });
    expect(await attention()).toEqual([{ what: "not_recognised", count: 1 }]);
  });

  test("is a quota that is used, or will be", async () => {
    const now = new Date();
    const row = { hour: now, name: "auth/scopes", failures: 0, throttled: 0, spans: [] };
    await db.insert(dingtalkCalls).values({ ...row, calls: env().DINGTALK_MONTHLY_QUOTA });
    expect(await attention()).toEqual([{ what: "quota_used" }]);
  });

  test("is DingTalk's API that fails, and a stream that is not connected", async () => {
    const down = { ...dingtalk, circuits: () => ({ api: "open", oapi: "closed" }) };
    await withSingleton("dingtalk", down, async () => expect(await attention()).toEqual([{ what: "dingtalk_down" }]));
    await withSingleton("env", { ...env(), DINGTALK_EVENTS: "stream" }, async () =>
      expect(await attention()).toEqual([{ what: "events_disconnected" }]),
    );
  });

  test("S46 is a chain that this app did not sign", async () => {
    const forged = { position: 1, hash: "0", kind: "periodic", signature: "forged" } as const;
    await db.insert(auditCheckpoints).values(forged);
    expect(await attention()).toEqual([{ what: "chain_forged" }]);
  });
});

test("the last event is the one that any process received last", async () => {
  expect((await readOverview(admin, 14)).events.lastEventAt).toBeNull();
  const event = { type: "user_leave_org", corpId: ownCorpId(), userIds: ["user0001"], departmentIds: [] };
  for (const [id, received] of [
    ["early", "2026-11-26T01:00:00Z"],
    ["late", "2026-11-26T02:00:00Z"],
    ["before", "2026-11-26T00:00:00Z"],
  ] as const)
    await db.insert(dingtalkEvents).values({ ...event, id, bornAt: new Date(0), receivedAt: new Date(received) });
  expect((await readOverview(admin, 14)).events.lastEventAt).toEqual(new Date("2026-11-26T02:00:00Z"));
});
