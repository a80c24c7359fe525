import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { asAdmin, asRecentAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { lookUps } from "../db/events-schema";
import { employees } from "../db/schema";
import { syncRuns } from "../db/sync-schema";
import { saveEmployee } from "../employees/store";
import { approveLeavers, cancelSync, startSync, viewSync } from "./admin";
import { leaverLimit } from "./missing";
import { findRun } from "./runs";
import { requestSync, syncWhenDue } from "./schedule";

const { dingtalk } = createWorld({ DIRECTORY_SYNC_QPS: "1000", DIRECTORY_SYNC_HOURS: "24" });

beforeEach(() => {
  for (const name of ["directorySync", "syncState"]) globalThis.singletons?.delete(name);
  dingtalk.departments.set(1, { id: 1, name: "公司", parentId: null });
});

const place = [{ id: 1, isLeader: false, isMain: true, title: null }];

async function pauseWith(leavers: number): Promise<number> {
  for (let index = 0; index < leavers; index += 1) await saveEmployee(db, buildEmployee(`left${index}`));
  await db.update(employees).set({ fetchedAt: new Date(Date.now() - 86_400_000) });
  const admin = await asAdmin();
  dingtalk.addEmployees(buildEmployee("user0002", { admin: true, departments: place }));
  await startSync(admin);
  await vi.waitFor(async () => expect((await viewSync(admin)).latest?.state).toBe("paused"), { timeout: 20_000 });
  return (await viewSync(admin)).latest?.id ?? 0;
}

const activeIds = async () =>
  (await db.select().from(employees).where(eq(employees.active, true))).map(({ userId }) => userId).sort();
const events = async () =>
  (await recordedEvents())
    .filter(({ kind }) => kind.startsWith("sync_"))
    .map(({ kind, reason, actorUserId }) => [kind, reason, actorUserId]);

test.each([
  [0, 0],
  [1, 1],
  [24, 2],
  [100, 5],
  [400, 20],
  [100_000, 20],
])("in a company of %i, a run deactivates at most %i people by itself", (people, limit) => {
  expect(leaverLimit(people)).toBe(limit);
});

describe("a paused run", () => {
  test("names the people, and deactivates them when an admin says so and DingTalk still does", async () => {
    const id = await pauseWith(5);
    const view = await viewSync(await asAdmin());
    expect(view.leavers.map(({ userId }) => userId)).toEqual(["left0", "left1", "left2", "left3", "left4"]);
    dingtalk.addEmployees(buildEmployee("left3", { departments: place }));
    expect(await approveLeavers(await asRecentAdmin(), id)).toBe(true);
    await vi.waitFor(async () => expect((await findRun("done"))?.id).toBe(id), { timeout: 20_000 });
    expect(await activeIds()).toEqual(["left3", "user0002"]);
    expect(await events()).toEqual([
      ["sync_started", null, "user0002"],
      ["sync_paused", "5", null],
      ["sync_decided", "deactivate", "user0002"],
      ["sync_ended", "done +0 ~1 -4", null],
    ]);
  });

  test("is given up without a change", async () => {
    const id = await pauseWith(5);
    expect(await cancelSync(await asAdmin(), id)).toBe(true);
    expect(await cancelSync(await asAdmin(), id)).toBe(false);
    expect(await approveLeavers(await asRecentAdmin(), id)).toBe(false);
    expect((await activeIds()).length).toBe(6);
    expect(await startSync(await asAdmin())).toBe(true);
    await vi.waitFor(async () => expect((await viewSync(await asAdmin())).latest?.state).toBe("paused"), {
      timeout: 20_000,
    });
  });

  test("lets no other run begin", async () => {
    await pauseWith(5);
    expect(await startSync(await asAdmin())).toBe(false);
    await syncWhenDue();
    expect(await db.$count(syncRuns)).toBe(1);
  });
});

describe("the schedule", () => {
  const runs = async () =>
    (await db.select().from(syncRuns).orderBy(syncRuns.id)).map(({ trigger, state }) => [trigger, state]);

  test("starts a run at the first start, and then once per interval", async () => {
    await syncWhenDue();
    await syncWhenDue();
    expect(await runs()).toEqual([["schedule", "done"]]);
    await db.update(lookUps).set({ dueAt: new Date(0), upTo: new Date(Date.now() - 24 * 3_600_000) });
    await syncWhenDue();
    expect(await runs()).toHaveLength(2);
  });

  test("an event asks for a run soon, and not again soon after the last one", async () => {
    await syncWhenDue();
    const dueInMinutes = async () =>
      ((await db.select().from(lookUps))[0]?.dueAt.getTime() ?? 0) / 60_000 - Date.now() / 60_000;
    await requestSync();
    expect(Math.round(await dueInMinutes())).toBe(10);
    await db.update(lookUps).set({ upTo: new Date(Date.now() - 3_600_000) });
    await requestSync();
    expect(await dueInMinutes()).toBeLessThan(1);
    await db.update(lookUps).set({ dueAt: new Date(0) });
    await syncWhenDue();
    expect((await runs()).at(-1)).toEqual(["event", "done"]);
  });
});
