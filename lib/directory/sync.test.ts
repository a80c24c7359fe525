import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { departments, employees } from "../db/schema";
import { syncDepartments, syncMissing, syncRuns } from "../db/sync-schema";
import { DingTalkError } from "../dingtalk/errors";
import { findEmployee, saveEmployee } from "../employees/store";
import { ownCorpId } from "../services";
import { createSession } from "../sessions/create";
import { findLiveSession } from "../sessions/session";
import { deleteOldRuns, openRun, releaseRuns, type SyncRun, takeAbandonedRun } from "./runs";
import { workOn } from "./sync";

const client = { ip: null, userAgent: null };
const inDepartments = (...ids: number[]) => ids.map((id) => ({ id, isLeader: false, isMain: false, title: null }));
const refused = (reason: "out_of_scope" | "permission_missing", call = "v2/user/list") =>
  new DingTalkError({ call, kind: "refused", reason });

function createSignal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give: () => give(), given };
}

onBothEngines((settings) => {
  const { dingtalk, lines } = createWorld({ ...settings, DIRECTORY_SYNC_QPS: "1000" });

  /** A company of some departments, with people in the leaves. */
  function addCompany(count: number): void {
    for (const [id, parentId] of [
      [1, null],
      [10, 1],
      [20, 1],
      [101, 10],
      [102, 10],
    ] as const)
      dingtalk.departments.set(id, { id, name: `部门 ${id}`, parentId });
    for (let index = 0; index < count; index += 1)
      dingtalk.addEmployees(
        buildEmployee(`p${index}`, { departments: inDepartments([101, 102, 20][index % 3] ?? 20) }),
      );
  }

  async function open(): Promise<SyncRun> {
    const run = await openRun(db, { trigger: "schedule", startedBy: null });
    if (!run) throw new Error("another run is open");
    return run;
  }

  async function sync(): Promise<SyncRun> {
    const run = await open();
    await workOn(run);
    return readRun(run.id);
  }

  async function readRun(id: number): Promise<SyncRun> {
    const [run] = await db.select().from(syncRuns).where(eq(syncRuns.id, id));
    if (!run) throw new Error("the run is gone");
    return run;
  }

  const activeIds = async () =>
    (await db.select().from(employees).where(eq(employees.active, true))).map(({ userId }) => userId).sort();
  const kinds = async () => (await recordedEvents()).map(({ kind, reason }) => [kind, reason]);
  /** As if the run before had been long ago. */
  const age = () => db.update(employees).set({ fetchedAt: sql`now() - interval '1 day'` });

  beforeEach(() => void globalThis.singletons?.delete("directorySync"));

  describe("a sync", () => {
    test("reads the range, then every department, then everyone in it, page by page", async () => {
      addCompany(10);
      const run = await sync();
      expect(run).toMatchObject({
        state: "done",
        people: 10,
        added: 10,
        changed: 0,
        deactivated: 0,
        expectedPeople: 10,
      });
      expect((await activeIds()).length).toBe(10);
      const stored = await db.select().from(departments).orderBy(departments.id);
      expect(stored.map(({ id, parentId }) => [id, parentId])).toEqual([
        [1, null],
        [10, 1],
        [20, 1],
        [101, 10],
        [102, 10],
      ]);
      expect(dingtalk.calls[0]).toBe("getVisibleRange");
      expect(await db.$count(syncDepartments)).toBe(0);
      expect(await kinds()).toEqual([["sync_ended", "done +10 ~0 -0"]]);
    });

    test("counts a person of 40 departments once, and keeps each one in which they lead", async () => {
      addCompany(0);
      const ids = Array.from({ length: 40 }, (_, index) => 1000 + index);
      for (const id of ids) dingtalk.departments.set(id, { id, name: `D${id}`, parentId: 20 });
      const places = ids.map((id) => ({ id, isLeader: id % 2 === 0, isMain: false, title: null }));
      dingtalk.addEmployees(buildEmployee("busy", { departments: places }));
      expect(await sync()).toMatchObject({ people: 1, added: 1, changed: 0 });
      const [row] = await db.select().from(employees);
      expect(row?.departmentIds).toEqual(ids);
      expect((await findEmployee({ userId: buildEmployee("busy").userId }))?.employee.departments).toEqual(places);
    });

    test("keeps what the lists leave out, and counts what changed", async () => {
      addCompany(3);
      const before = buildEmployee("p0", {
        ...dingtalk.employees.get("p0"),
        managerUserId: "p1",
        mobile: "13800000001",
      });
      await saveEmployee(db, before);
      dingtalk.addEmployees(buildEmployee("p0", { ...before, title: "总监" }));
      expect(await sync()).toMatchObject({ people: 3, added: 2, changed: 1 });
      const after = (await findEmployee({ userId: before.userId }))?.employee;
      expect(after).toEqual({ ...before, title: "总监" });
    });

    test("changes no record that is the same, and confirms it", async () => {
      addCompany(6);
      await sync();
      await age();
      expect(await sync()).toMatchObject({ people: 6, added: 0, changed: 0 });
      const [oldest] = await db.select().from(employees).orderBy(employees.fetchedAt);
      expect(Date.now() - (oldest?.fetchedAt.getTime() ?? 0)).toBeLessThan(3_600_000);
    });

    test("S26 revokes the sessions of a person whom the list calls inactive", async () => {
      addCompany(3);
      await sync();
      const session = await createSession(db, { corpId: ownCorpId(), userId: "p1", method: "frame", client });
      dingtalk.addEmployees(buildEmployee("p1", { ...dingtalk.employees.get("p1"), active: false }));
      await sync();
      expect(await findLiveSession(session)).toBeNull();
    });

    test("S9 gives a returner with a new userId only that one", async () => {
      addCompany(3);
      await sync();
      dingtalk.employees.delete("p1");
      dingtalk.addEmployees(buildEmployee("again", { unionId: "union-p1", departments: inDepartments(20) }));
      await sync();
      expect(await activeIds()).toEqual(["again", "p0", "p2"]);
    });

    test("forgets a department only when DingTalk says that it does not exist", async () => {
      addCompany(3);
      await sync();
      await db.insert(departments).values({ corpId: ownCorpId(), id: 77, name: "hidden" });
      dingtalk.departments.delete(102);
      dingtalk.employees.clear();
      addCompanyPeople();
      const gone = new DingTalkError({ call: "v2/department/get", kind: "refused", reason: "no_department" });
      const getDepartment = dingtalk.getDepartment;
      const spy = vi.spyOn(dingtalk, "getDepartment").mockImplementation(async (id) => {
        if (id === 102) throw gone;
        if (id === 77) throw refused("out_of_scope");
        return getDepartment(id);
      });
      await sync();
      spy.mockRestore();
      expect((await db.select().from(departments)).map(({ id }) => id).sort((a, b) => a - b)).toEqual([
        1, 10, 20, 77, 101,
      ]);
    });
    function addCompanyPeople(): void {
      for (const id of ["p0", "p1", "p2"]) dingtalk.addEmployees(buildEmployee(id, { departments: inDepartments(20) }));
    }

    test("reads single people of the range, and departments that are not the root", async () => {
      addCompany(9);
      Object.assign(dingtalk.range, { departmentIds: [10], userIds: ["p2"] });
      expect(await sync()).toMatchObject({ state: "done", people: 7, expectedPeople: null });
      expect(await activeIds()).not.toContain("p5");
    });
  });

  describe("S26 who is missing", () => {
    test("is asked for one by one, and only DingTalk's own word makes a leaver", async () => {
      addCompany(30);
      await sync();
      await age();
      const session = await createSession(db, { corpId: ownCorpId(), userId: "p1", method: "frame", client });
      dingtalk.employees.delete("p1");
      dingtalk.addEmployees(buildEmployee("p2", { departments: [] }));
      const run = await sync();
      expect(run).toMatchObject({ state: "done", deactivated: 1, people: 29 });
      expect(await activeIds()).toHaveLength(29);
      expect(await findLiveSession(session)).toBeNull();
    });

    test("is no leaver when the visible range is narrower than before", async () => {
      addCompany(30);
      await sync();
      await age();
      Object.assign(dingtalk.range, { departmentIds: [10] });
      dingtalk.fail("getEmployee", refused("out_of_scope", "v2/user/get"));
      expect(await sync()).toMatchObject({ state: "done", deactivated: 0, outOfRange: 10 });
      expect(await activeIds()).toHaveLength(30);
      dingtalk.calls.length = 0;
      await age();
      expect(await sync()).toMatchObject({ outOfRange: 0 });
      expect(dingtalk.calls).not.toContain("getEmployee");
    });

    test("is no leaver when a page fails: the run fails, and says why", async () => {
      addCompany(30);
      await sync();
      await age();
      dingtalk.employees.delete("p1");
      dingtalk.fail("listMembers", refused("permission_missing"));
      expect(await sync()).toMatchObject({ state: "failed", reason: "permission_missing", deactivated: 0 });
      expect(await activeIds()).toHaveLength(30);
      expect(lines.join("")).toContain("directory sync failed");
      expect((await kinds()).at(-1)).toEqual(["sync_ended", "failed permission_missing"]);
    });

    test("is no leaver when the app may see nothing at all", async () => {
      addCompany(3);
      await sync();
      await age();
      Object.assign(dingtalk.range, { departmentIds: [] });
      expect(await sync()).toMatchObject({ state: "failed", reason: "out_of_scope" });
      expect(await activeIds()).toHaveLength(3);
    });

    test("above the limit waits for an admin, and no one is deactivated until then", async () => {
      addCompany(60);
      await sync();
      await age();
      for (let index = 0; index < 4; index += 1) dingtalk.employees.delete(`p${index}`);
      const run = await sync();
      expect(run).toMatchObject({ state: "paused", deactivated: 0 });
      expect(await activeIds()).toHaveLength(60);
      expect(await openRun(db, { trigger: "admin", startedBy: null })).toBeNull();
      expect((await kinds()).at(-1)).toEqual(["sync_paused", "4"]);
    });
  });

  describe("a run that was interrupted", () => {
    /** The process dies at this call: nothing of it runs on. */
    async function dieAt(call: number): Promise<SyncRun> {
      const run = await open();
      let count = 0;
      const listMembers = dingtalk.listMembers;
      const hanging = new Promise<never>(() => {});
      const spy = vi.spyOn(dingtalk, "listMembers").mockImplementation((id, cursor) => {
        count += 1;
        return count > call ? hanging : listMembers(id, cursor);
      });
      void workOn(run);
      await vi.waitFor(() => expect(count).toBeGreaterThan(call));
      spy.mockRestore();
      globalThis.singletons?.delete("directorySync");
      await db.update(syncRuns).set({ leasedUntil: sql`now() - interval '1 second'`, holder: "killed" });
      return run;
    }

    test.each([1, 4, 8])("after %i pages goes on where it stopped, and counts everyone once", async (pages) => {
      addCompany(40);
      const { id } = await dieAt(pages);
      const pagesBefore = await db.select().from(syncDepartments).where(sql`cursor > 0 or done_at is not null`);
      dingtalk.calls.length = 0;
      const taken = await takeAbandonedRun();
      if (!taken) throw new Error("not taken");
      await workOn(taken);
      expect(await readRun(id)).toMatchObject({ state: "done", people: 40, added: 40, deactivated: 0 });
      expect(await activeIds()).toHaveLength(40);
      expect(dingtalk.calls).not.toContain("getVisibleRange");
      expect(dingtalk.calls).not.toContain("listSubDepartments");
      if (pages > 1) expect(pagesBefore.length).toBeGreaterThan(0);
    });

    test("is taken by one process only, and not while its own still shows that it works", async () => {
      addCompany(3);
      await dieAt(0);
      const taken = await Promise.all([takeAbandonedRun(), takeAbandonedRun(), takeAbandonedRun()]);
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    test("that asked about some of the missing already counts no one twice", async () => {
      addCompany(30);
      await sync();
      await age();
      dingtalk.addEmployees(buildEmployee("p2", { departments: [] }));
      const run = await open();
      await workOn(run);
      expect(await readRun(run.id)).toMatchObject({ state: "done", people: 30 });
      await db
        .update(syncRuns)
        .set({ state: "running", leasedUntil: sql`now() - interval '1 second'`, endedAt: null })
        .where(eq(syncRuns.id, run.id));
      await db.update(syncMissing).set({ answer: null });
      const taken = await takeAbandonedRun();
      if (taken) await workOn(taken);
      expect(await readRun(run.id)).toMatchObject({ state: "done", people: 30, deactivated: 0 });
    });

    test("is free at once when its process stops, and what that process still does changes nothing", async () => {
      addCompany(9);
      const run = await open();
      const { release, entered } = holdLists();
      const working = workOn(run);
      await entered;
      await releaseRuns();
      release();
      await working;
      expect(await readRun(run.id)).toMatchObject({ state: "running", people: 0 });
      const taken = await takeAbandonedRun();
      if (!taken) throw new Error("not free");
      await workOn(taken);
      expect(await readRun(run.id)).toMatchObject({ state: "done", people: 9 });
    });

    test("and given up makes room: the next one is worked on although this process still waits for an answer", async () => {
      addCompany(9);
      const first = await open();
      const { release, entered } = holdLists();
      const working = workOn(first);
      await entered;
      await db.update(syncRuns).set({ state: "cancelled", endedAt: sql`now()` });
      const second = await open();
      const next = workOn(second);
      release();
      await Promise.all([working, next]);
      expect([(await readRun(first.id)).state, (await readRun(second.id)).state]).toEqual(["cancelled", "done"]);
    });

    /** DingTalk answers the lists only after `release`. */
    function holdLists() {
      const listMembers = dingtalk.listMembers;
      const released = createSignal();
      const entered = createSignal();
      const spy = vi.spyOn(dingtalk, "listMembers").mockImplementation(async (id, cursor) => {
        entered.give();
        await released.given;
        return listMembers(id, cursor);
      });
      const release = () => {
        spy.mockRestore();
        released.give();
      };
      return { release, entered: entered.given };
    }

    test("changes nothing any more once another process has it", async () => {
      addCompany(9);
      const run = await open();
      await db.update(syncRuns).set({ holder: "another" });
      await workOn(run);
      expect(await readRun(run.id)).toMatchObject({ state: "running", people: 0 });
      expect(lines.join("")).toContain("left to another process");
    });
  });

  test("a run is deleted 90 days after it ended, with who was missing in it, and an open one is kept", async () => {
    addCompany(3);
    const [old, young] = [await sync(), await sync()];
    const running = await open();
    for (const { id } of [old, young])
      await db.insert(syncMissing).values({ runId: id, userId: "left", answer: "left" });
    const ago = (days: number) => ({ endedAt: sql`now() - make_interval(days => ${days})` });
    await db.update(syncRuns).set(ago(91)).where(eq(syncRuns.id, old.id));
    await db.update(syncRuns).set(ago(89)).where(eq(syncRuns.id, young.id));
    await deleteOldRuns();
    expect((await db.select().from(syncRuns)).map(({ id }) => id).sort()).toEqual([young.id, running.id].sort());
    expect((await db.select().from(syncMissing)).map(({ runId }) => runId)).toEqual([young.id]);
  });

  test("only one run is open at a time, over all processes", async () => {
    const opened = await Promise.all(
      Array.from({ length: 5 }, () => openRun(db, { trigger: "event", startedBy: null })),
    );
    expect(opened.filter(Boolean)).toHaveLength(1);
    expect(await db.$count(syncMissing)).toBe(0);
  });
});
