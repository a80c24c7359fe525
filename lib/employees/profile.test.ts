import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { buildEmployee } from "../../test/dingtalk";
import { asAdmin, asViewer } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { auditEvents, departments, employees } from "../db/schema";
import { DingTalkError } from "../dingtalk/errors";
import { ownCorpId } from "../services";
import { createSession, findLiveSession } from "../sessions/session";
import { findProfile, getOwnProfile } from "./profile";
import { refreshEmployee } from "./refresh";
import { findEmployee, saveEmployee } from "./store";

const { dingtalk, lines } = createWorld();

const lilei = buildEmployee("user0001", { name: "李雷", title: "工程师" });
const timeout = new DingTalkError({ call: "v2/user/get", kind: "timeout" });

afterEach(() => void vi.useRealTimers());

async function knowForAges(...people: (typeof lilei)[]): Promise<void> {
  for (const employee of people) await saveEmployee(db, employee);
  await db.update(employees).set({ fetchedAt: sql`now() - interval '11 minutes'` });
}

async function views() {
  return (await db.select().from(auditEvents)).filter(({ kind }) => kind === "employee_viewed");
}

async function foundFor(userId: string) {
  const answer = await findProfile(await asAdmin(), userId);
  if ("missing" in answer) throw new Error(answer.missing);
  return answer.found;
}

describe("an employee's profile for an admin", () => {
  test("is asked from DingTalk when we do not know the person, and kept", async () => {
    dingtalk.addEmployees(lilei);
    expect(await foundFor("user0001")).toMatchObject({ employee: { name: "李雷" }, isStale: false });
    expect(dingtalk.calls).toEqual(["getEmployee"]);
    expect((await findEmployee({ userId: lilei.userId }))?.employee).toEqual(lilei);
  });

  test("is not asked for again while it is fresh", async () => {
    await saveEmployee(db, lilei);
    expect(await foundFor("user0001")).toMatchObject({ isStale: false });
    expect(dingtalk.calls).toEqual([]);
  });

  test("is asked for again after ten minutes", async () => {
    await knowForAges(lilei);
    dingtalk.addEmployees({ ...lilei, title: "总监" });
    const profile = await foundFor("user0001");
    expect(profile).toMatchObject({ employee: { title: "总监" }, isStale: false });
    expect(Date.now() - profile.fetchedAt.getTime()).toBeLessThan(60_000);
  });

  test("S35 is the last known one with its age when DingTalk is down", async () => {
    await knowForAges(lilei);
    dingtalk.fail("getEmployee", timeout);
    const profile = await foundFor("user0001");
    expect(profile).toMatchObject({ employee: { title: "工程师" }, isStale: true });
    expect(Date.now() - profile.fetchedAt.getTime()).toBeGreaterThan(10 * 60_000);
    expect(lines.join()).toContain("employee shown from the last record");
  });

  test("S35 is unavailable when DingTalk is down and we never knew the person", async () => {
    dingtalk.fail("getEmployee", timeout);
    expect(await findProfile(await asAdmin(), "user0001")).toEqual({ missing: "unavailable" });
  });

  test.each(["user0009", "..", "a\0b", "", "x".repeat(65), "../admin"])("is unknown for %j", async (userId) => {
    expect(await findProfile(await asAdmin(), userId)).toEqual({ missing: "unknown" });
    expect(await views()).toEqual([]);
  });

  test("S26 of somebody who left is the last known one, and puts that person out", async () => {
    await knowForAges(lilei);
    const client = { ip: null, userAgent: null };
    const id = await createSession(db, { corpId: ownCorpId(), userId: "user0001", method: "frame", client });
    expect(await foundFor("user0001")).toMatchObject({ employee: { name: "李雷" }, isStale: false });
    expect(await findLiveSession(id)).toBeNull();
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
  });

  test("S37 leaves on the trail who looked at whom", async () => {
    dingtalk.addEmployees(lilei);
    await foundFor("user0001");
    expect(await views()).toMatchObject([{ userId: "user0001", actorUserId: "user0002", corpId: ownCorpId() }]);
  });

  test("names departments with their path and the manager", async () => {
    const place = { id: 101, isLeader: true, isMain: true, title: null };
    dingtalk.parentDepartments.set("user0001", [[101, 1]]);
    dingtalk.departments.set(101, { id: 101, name: "研发部", parentId: 1 });
    dingtalk.departments.set(1, { id: 1, name: "星河科技", parentId: null });
    dingtalk.addEmployees(
      { ...lilei, departments: [place], managerUserId: "user0003" },
      buildEmployee("user0003", { name: "王五" }),
    );
    expect(await foundFor("user0001")).toMatchObject({
      departments: [{ id: 101, name: "研发部", path: ["星河科技", "研发部"], isLeader: true }],
      manager: { userId: "user0003", name: "王五" },
    });
  });

  test("says that a department or a manager has no name we know", async () => {
    const place = { id: 101, isLeader: false, isMain: true, title: null };
    dingtalk.addEmployees({ ...lilei, departments: [place], managerUserId: "user0404" });
    dingtalk.fail("listParentDepartments", timeout);
    expect(await foundFor("user0001")).toMatchObject({
      departments: [{ id: 101, name: null, path: [] }],
      manager: { userId: "user0404", name: null },
    });
    expect(lines.join()).toContain("departments not refreshed");
  });

  test("is drawn without names from DingTalk when only these were learnt before", async () => {
    const place = { id: 101, isLeader: false, isMain: true, title: null };
    await knowForAges({ ...lilei, departments: [place] });
    await db.insert(departments).values({ corpId: ownCorpId(), id: 101, name: "研发部", parentId: null });
    dingtalk.fail("getEmployee", timeout);
    expect((await foundFor("user0001")).departments).toMatchObject([{ name: "研发部" }]);
    expect(dingtalk.calls).toEqual(["getEmployee"]);
  });
});

describe("a DingTalk that hangs", () => {
  test("S35 keeps nobody waiting who has an older record to look at", async () => {
    await knowForAges(lilei);
    const admin = await asAdmin();
    let answer: (employee: typeof lilei) => void = () => {};
    const hanging = new Promise<typeof lilei>((resolve) => {
      answer = resolve;
    });
    vi.spyOn(dingtalk, "getEmployee").mockReturnValue(hanging);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const asking = findProfile(admin, "user0001");
    await vi.waitFor(() => expect(dingtalk.getEmployee).toHaveBeenCalled());
    await vi.advanceTimersByTimeAsync(2500);
    expect(await asking).toMatchObject({ found: { isStale: true } });
    vi.useRealTimers();
    answer({ ...lilei, title: "总监" });
    await refreshEmployee(lilei.userId);
    expect((await findEmployee({ userId: lilei.userId }))?.employee.title).toBe("总监");
    vi.mocked(dingtalk.getEmployee).mockRestore();
  });
});

describe("reading an employee anew", () => {
  test("is one call for everybody who asks at the same time", async () => {
    dingtalk.addEmployees(lilei);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshEmployee(lilei.userId)));
    for (const answer of answers) expect(answer).toEqual(lilei);
    expect(dingtalk.calls).toEqual(["getEmployee"]);
  });

  test("is asked again after it failed", async () => {
    dingtalk.fail("getEmployee", timeout);
    await expect(refreshEmployee(lilei.userId)).rejects.toBe(timeout);
    dingtalk.reset();
    dingtalk.addEmployees(lilei);
    expect(await refreshEmployee(lilei.userId)).toEqual(lilei);
  });
});

test("S29 a viewer's own profile is his own, and looking at it is on nobody's trail", async () => {
  const profile = await getOwnProfile(await asViewer("user0001"));
  expect(profile.employee.userId).toBe("user0001");
  expect(await views()).toEqual([]);
});
