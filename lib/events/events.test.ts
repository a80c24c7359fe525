import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { dingtalkEvents, lookUps } from "../db/events-schema";
import { departments, employees } from "../db/schema";
import { DingTalkError } from "../dingtalk/errors";
import { type DirectoryEvent } from "../dingtalk/event";
import { parseUserId } from "../dingtalk/identity";
import { findEmployee, saveEmployee } from "../employees/store";
import { ownCorpId } from "../services";
import { createSession } from "../sessions/create";
import { findLiveSession } from "../sessions/session";
import { lookForLostEvents } from "./lost";
import { receiveEvent, workOnEvents } from "./work";

const client = { ip: null, userAgent: null };
const lilei = buildEmployee("user0001");
const down = new DingTalkError({ call: "v2/user/get", kind: "timeout" });
let ids = 0;

function event(fields: Partial<DirectoryEvent> = {}): DirectoryEvent {
  ids += 1;
  const about = { userIds: [lilei.userId], departmentIds: [] };
  return { id: `event ${ids}`, type: "user_leave_org", corpId: ownCorpId(), bornAtMs: Date.now(), ...about, ...fields };
}

async function receive(fields: Partial<DirectoryEvent> = {}): Promise<void> {
  await receiveEvent(event(fields));
  await workOnEvents();
}

async function signIn(): Promise<string> {
  await saveEmployee(db, lilei);
  return createSession(db, { corpId: ownCorpId(), userId: lilei.userId, method: "frame", client });
}

const isLive = async (id: string) => (await findLiveSession(id)) !== null;
const makeDue = () => db.execute(sql`update dingtalk_events set due_at = now()`);
const unfinished = () => db.select().from(dingtalkEvents).where(sql`done_at is null`);

onBothEngines((settings) => {
  const { dingtalk } = createWorld(settings);

  beforeEach(() => dingtalk.addEmployees(lilei));

  describe("S26 S41 the event of a leaver", () => {
    test("ends every session when DingTalk confirms it", async () => {
      const sessions = [await signIn(), await signIn()];
      dingtalk.employees.delete(lilei.userId);
      await receive();
      expect(await Promise.all(sessions.map(isLive))).toEqual([false, false]);
      expect(await unfinished()).toEqual([]);
    });

    test("changes nothing when DingTalk says that the person is still there: it is old, or came late", async () => {
      const session = await signIn();
      await receive();
      expect(await isLive(session)).toBe(true);
      expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(true);
    });

    test("counts by itself while DingTalk cannot be asked, and is confirmed later", async () => {
      const session = await signIn();
      dingtalk.fail("getEmployee", down);
      await receive();
      expect(await isLive(session)).toBe(false);
      expect(await unfinished()).toMatchObject([{ attempts: 1 }]);
      dingtalk.reset();
      dingtalk.addEmployees(lilei);
      await makeDue();
      await workOnEvents();
      expect(await unfinished()).toEqual([]);
    });

    test("asks DingTalk nothing about people who are not stored", async () => {
      await receive({ userIds: [parseUserId("user0099") ?? lilei.userId] });
      expect(dingtalk.calls).toEqual([]);
    });
  });

  test("S41 an event with a known id is dropped", async () => {
    await saveEmployee(db, lilei);
    const repeated = event({ type: "user_modify_org" });
    for (let count = 0; count < 3; count += 1) await receiveEvent(repeated);
    await workOnEvents();
    expect(dingtalk.calls.filter((call) => call === "getEmployee")).toHaveLength(1);
    expect(await db.$count(dingtalkEvents)).toBe(1);
  });

  test("S41 an event of another organisation is not stored", async () => {
    const session = await signIn();
    dingtalk.employees.delete(lilei.userId);
    await receive({ corpId: "dingother" });
    expect(await isLive(session)).toBe(true);
    expect(await db.$count(dingtalkEvents)).toBe(0);
  });

  test("S41 events in any order lead to what DingTalk says now", async () => {
    const session = await signIn();
    dingtalk.employees.delete(lilei.userId);
    await receiveEvent(event({ type: "user_add_org", bornAtMs: Date.now() }));
    await receiveEvent(event({ bornAtMs: Date.now() - 60_000 }));
    await workOnEvents();
    expect(await isLive(session)).toBe(false);
    dingtalk.addEmployees(lilei);
    await receive({ type: "user_add_org", bornAtMs: Date.now() - 120_000 });
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(true);
  });

  test.each(["org_admin_remove", "org_admin_add", "user_modify_org", "user_active_org"])(
    "S27 %s makes the app read the record again",
    async (type) => {
      await saveEmployee(db, buildEmployee("user0001", { admin: type === "org_admin_remove", title: "before" }));
      dingtalk.addEmployees(buildEmployee("user0001", { admin: type === "org_admin_add", title: "after" }));
      await receive({ type });
      expect((await findEmployee({ userId: lilei.userId }))?.employee).toMatchObject({
        admin: type === "org_admin_add",
        title: "after",
      });
    },
  );

  test("an event of a department reads its name again, and forgets what is gone", async () => {
    for (const id of [1, 101, 102]) await db.insert(departments).values({ corpId: ownCorpId(), id, name: "before" });
    dingtalk.departments.set(101, { id: 101, name: "after", parentId: 1 });
    const about = { userIds: [], departmentIds: [101, 999] };
    await receive({ type: "org_dept_modify", ...about });
    await receive({ type: "org_change", userIds: [] });
    const names = await db.select({ id: departments.id, name: departments.name }).from(departments);
    expect(Object.fromEntries(names.map(({ id, name }) => [id, name]))).toEqual({
      1: "Department 1",
      101: "after",
      102: "before",
    });
    dingtalk.fail("getDepartment", new DingTalkError({ call: "v2/department/get", kind: "refused", code: "60003" }));
    await receive({ type: "org_dept_remove", userIds: [], departmentIds: [102] });
    expect(await db.$count(departments, eq(departments.id, 102))).toBe(0);
  });

  test("an event that was stored but not worked on is worked on after a restart", async () => {
    const session = await signIn();
    dingtalk.employees.delete(lilei.userId);
    const { id, type, corpId, userIds, departmentIds } = event();
    // A process that was killed between its answer and its work left this.
    await db.insert(dingtalkEvents).values({ id, type, corpId, userIds, departmentIds, bornAt: new Date() });
    await workOnEvents();
    expect(await isLive(session)).toBe(false);
  });

  test("a flood of events of one person is worked on in order, and costs one call at a time", async () => {
    await saveEmployee(db, lilei);
    await Promise.all(Array.from({ length: 60 }, () => receiveEvent(event({ type: "user_modify_org" }))));
    await workOnEvents();
    expect(await unfinished()).toEqual([]);
    expect(dingtalk.calls.filter((call) => call === "getEmployee").length).toBeLessThanOrEqual(60);
  });

  describe("S26 a lost event", () => {
    test("is found in the leave records, once per interval", async () => {
      const session = await signIn();
      dingtalk.employees.delete(lilei.userId);
      dingtalk.leavers.push(lilei.userId, "user0099");
      await lookForLostEvents();
      expect(await isLive(session)).toBe(false);
      await lookForLostEvents();
      expect(dingtalk.calls.filter((call) => call === "listLeavers")).toHaveLength(1);
    });

    test("of a person who came back changes nothing", async () => {
      const session = await signIn();
      dingtalk.leavers.push(lilei.userId);
      await lookForLostEvents();
      expect(await isLive(session)).toBe(true);
    });

    test("is looked for from the last complete look on, which a failure does not move", async () => {
      dingtalk.fail("listLeavers", down);
      await lookForLostEvents();
      const upTo = () => db.select({ upTo: lookUps.upTo }).from(lookUps);
      const before = await upTo();
      await db.execute(sql`update look_ups set due_at = now()`);
      await lookForLostEvents();
      expect(await upTo()).toEqual(before);
      expect(await db.$count(employees)).toBe(0);
    });
  });
});

describe("with callbacks", () => {
  const { dingtalk } = createWorld({
    DINGTALK_EVENTS: "http",
    DINGTALK_EVENT_TOKEN: "token",
    DINGTALK_EVENT_AES_KEY: "1234567890123456789012345678901234567890123",
  });

  test("S26 a push that failed is taken from the list, stored and worked on", async () => {
    const session = await signIn();
    dingtalk.failedEvents.push(event());
    await lookForLostEvents();
    await vi.waitFor(async () => expect(await unfinished()).toEqual([]));
    expect(await isLive(session)).toBe(false);
  });
});
