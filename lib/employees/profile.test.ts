import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { setRequest } from "../../test/next-headers";
import { asAdmin, asViewer } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { departments, employees } from "../db/schema";
import { DingTalkError } from "../dingtalk/errors";
import { ownCorpId } from "../services";
import { createSession } from "../sessions/create";
import { findLiveSession } from "../sessions/session";
import { findProfile, getOwnProfile, reloadProfile } from "./profile";
import { refreshEmployee } from "./refresh";
import { findEmployee, saveEmployee } from "./store";

const { dingtalk, lines } = createWorld();

const lilei = buildEmployee("user0001", { name: "李雷", title: "工程师" });
const timeout = new DingTalkError({ call: "v2/user/get", kind: "timeout" });

afterEach(() => void vi.useRealTimers());

async function saveStale(...saved: (typeof lilei)[]): Promise<void> {
  for (const employee of saved) await saveEmployee(db, employee);
  await db.update(employees).set({ fetchedAt: sql`now() - interval '11 minutes'` });
}

async function views() {
  return (await recordedEvents()).filter(({ kind }) => kind === "employee_viewed");
}

async function profileOf(userId: string) {
  const answer = await findProfile(await asAdmin(), userId);
  if ("missing" in answer) throw new Error(answer.missing);
  return answer.found;
}

describe("an employee's profile for an admin", () => {
  test("is read from DingTalk and saved when no record is stored", async () => {
    dingtalk.addEmployees(lilei);
    expect(await profileOf("user0001")).toMatchObject({
      employee: { name: "李雷" },
      source: { state: "answered", changes: null },
    });
    expect(dingtalk.calls).toEqual(["getEmployee"]);
    expect((await findEmployee({ userId: lilei.userId }))?.employee).toEqual(lilei);
  });

  test("is not read again while it is fresh", async () => {
    await saveEmployee(db, lilei);
    expect(await profileOf("user0001")).toMatchObject({ source: { state: "recent" } });
    expect(dingtalk.calls).toEqual([]);
  });

  test("is read again after ten minutes", async () => {
    await saveStale(lilei);
    dingtalk.addEmployees({ ...lilei, title: "总监" });
    const profile = await profileOf("user0001");
    expect(profile).toMatchObject({ employee: { title: "总监" }, source: { state: "answered", changes: ["title"] } });
    expect(Date.now() - profile.fetchedAt.getTime()).toBeLessThan(60_000);
  });

  test("S35 is the stored record with its age when DingTalk is down", async () => {
    await saveStale(lilei);
    dingtalk.fail("getEmployee", timeout);
    const profile = await profileOf("user0001");
    expect(profile).toMatchObject({ employee: { title: "工程师" }, source: { state: "unanswered" } });
    expect(Date.now() - profile.fetchedAt.getTime()).toBeGreaterThan(10 * 60_000);
    expect(lines.join()).toContain("employee not confirmed by DingTalk");
  });

  test("S35 is unavailable when DingTalk is down and no record is stored", async () => {
    dingtalk.fail("getEmployee", timeout);
    expect(await findProfile(await asAdmin(), "user0001")).toEqual({ missing: "unavailable" });
  });

  test.each(["user0009", "..", "a\0b", "", "x".repeat(65), "../admin"])("is unknown for %j", async (userId) => {
    expect(await findProfile(await asAdmin(), userId)).toEqual({ missing: "unknown" });
    expect(await views()).toEqual([]);
  });

  test("S26 is the stored record for a leaver, whose sessions are revoked", async () => {
    await saveStale(lilei);
    const client = { ip: null, userAgent: null };
    const id = await createSession(db, { corpId: ownCorpId(), userId: "user0001", method: "frame", client });
    expect(await profileOf("user0001")).toMatchObject({ employee: { name: "李雷", active: false } });
    expect(await findLiveSession(id)).toBeNull();
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
  });

  test("S37 is recorded in the audit trail with the viewer and the employee", async () => {
    dingtalk.addEmployees(lilei);
    await profileOf("user0001");
    expect(await views()).toMatchObject([{ userId: "user0001", actorUserId: "user0002", corpId: ownCorpId() }]);
  });

  test("S37 is recorded with the admin's address and browser", async () => {
    await saveEmployee(db, lilei);
    const admin = await asAdmin();
    setRequest({ headers: { "x-forwarded-for": "203.0.113.24", "user-agent": "an office browser" } });
    await findProfile(admin, "user0001");
    expect(await views()).toMatchObject([{ ip: "203.0.113.24", userAgent: "an office browser" }]);
  });

  test("has the path of each department and the name of the manager", async () => {
    const department = { id: 101, isLeader: true, isMain: true, title: null };
    dingtalk.parentDepartments.set("user0001", [[101, 1]]);
    dingtalk.departments.set(101, { id: 101, name: "研发部", parentId: 1 });
    dingtalk.departments.set(1, { id: 1, name: "星河科技", parentId: null });
    dingtalk.addEmployees(
      { ...lilei, departments: [department], managerUserId: "user0003" },
      buildEmployee("user0003", { name: "王五" }),
    );
    expect(await profileOf("user0001")).toMatchObject({
      departments: [{ id: 101, name: "研发部", path: ["星河科技", "研发部"], isLeader: true }],
      manager: { userId: "user0003", name: "王五" },
    });
  });

  test("has null for an unknown name of a department or a manager", async () => {
    const department = { id: 101, isLeader: false, isMain: true, title: null };
    dingtalk.addEmployees({ ...lilei, departments: [department], managerUserId: "user0404" });
    dingtalk.fail("listParentDepartments", timeout);
    expect(await profileOf("user0001")).toMatchObject({
      departments: [{ id: 101, name: null, path: [] }],
      manager: { userId: "user0404", name: null },
    });
    expect(lines.join()).toContain("departments not refreshed");
  });

  test("has the stored department names when DingTalk is down", async () => {
    const department = { id: 101, isLeader: false, isMain: true, title: null };
    await saveStale({ ...lilei, departments: [department] });
    await db.insert(departments).values({ corpId: ownCorpId(), id: 101, name: "研发部", parentId: null });
    dingtalk.fail("getEmployee", timeout);
    expect((await profileOf("user0001")).departments).toMatchObject([{ name: "研发部" }]);
    expect(dingtalk.calls).toEqual(["getEmployee"]);
  });
});

describe("a mobile number that DingTalk says is hidden", () => {
  const hidden = buildEmployee("user0011", { mobile: "13800000011", stateCode: "86", hideMobile: true });

  test("S29 is masked for an admin, and nowhere in what the page gets", async () => {
    await saveEmployee(db, hidden);
    const profile = await profileOf("user0011");
    expect(profile).toMatchObject({ employee: { mobile: "138****0011" }, isMobileMasked: true });
    expect(JSON.stringify(profile)).not.toContain("13800000011");
  });

  test("is given in full when the admin asked for it", async () => {
    await saveEmployee(db, hidden);
    const answer = await findProfile(await asAdmin(), "user0011", { showsMobile: true });
    expect(answer).toMatchObject({ found: { employee: { mobile: "13800000011" }, isMobileMasked: false } });
  });

  test("is given in full to the employee", async () => {
    const viewer = await asViewer("user0011");
    await saveEmployee(db, hidden);
    const profile = await getOwnProfile({ ...viewer, record: { ...viewer.record, employee: hidden } });
    expect(profile).toMatchObject({ employee: { mobile: "13800000011" }, isMobileMasked: false });
  });

  test.each([
    ["2025550117", "********17"],
    ["852-91234567", "852*****4567"],
    ["7", "*"],
  ])("is masked in the form of %j as %j", async (mobile, masked) => {
    await saveEmployee(db, { ...hidden, mobile });
    expect(await profileOf("user0011")).toMatchObject({ employee: { mobile: masked } });
  });
});

describe("asking DingTalk again", () => {
  test("reads a fresh record, and says what changed", async () => {
    await saveEmployee(db, lilei);
    dingtalk.addEmployees({ ...lilei, title: "总监", mobile: "13800000009" });
    expect(await reloadProfile(await asAdmin(), "user0001")).toEqual(["title", "mobile"]);
    expect((await findEmployee({ userId: lilei.userId }))?.employee.title).toBe("总监");
    expect(await views()).toMatchObject([{ userId: "user0001", actorUserId: "user0002" }]);
  });

  test("says when nothing changed, when DingTalk does not answer, and that no one is on record", async () => {
    await saveEmployee(db, lilei);
    dingtalk.addEmployees(lilei);
    const admin = await asAdmin();
    expect(await reloadProfile(admin, "user0001")).toEqual([]);
    expect(await reloadProfile(admin, "user0404")).toBeNull();
    dingtalk.fail("getEmployee", timeout);
    expect(await reloadProfile(admin, "user0001")).toBeNull();
  });

  test("S26 says of an employee who is gone that they are not active any more", async () => {
    await saveEmployee(db, lilei);
    expect(await reloadProfile(await asAdmin(), "user0001")).toEqual(["active"]);
  });
});

describe("a DingTalk call that hangs", () => {
  test("S35 delays a page with a stored record by 2.5 seconds at most", async () => {
    await saveStale(lilei);
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
    expect(await asking).toMatchObject({ found: { source: { state: "unanswered" } } });
    vi.useRealTimers();
    answer({ ...lilei, title: "总监" });
    await refreshEmployee(lilei.userId);
    expect((await findEmployee({ userId: lilei.userId }))?.employee.title).toBe("总监");
    vi.mocked(dingtalk.getEmployee).mockRestore();
  });
});

describe("refreshing an employee", () => {
  test("makes one call for concurrent callers", async () => {
    dingtalk.addEmployees(lilei);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshEmployee(lilei.userId)));
    for (const answer of answers) expect(answer).toEqual(lilei);
    expect(dingtalk.calls).toEqual(["getEmployee"]);
  });

  test("makes a new call after a failure", async () => {
    dingtalk.fail("getEmployee", timeout);
    await expect(refreshEmployee(lilei.userId)).rejects.toBe(timeout);
    dingtalk.reset();
    dingtalk.addEmployees(lilei);
    expect(await refreshEmployee(lilei.userId)).toEqual(lilei);
  });
});

test("S29 a viewer's own profile shows their own record, and viewing it is not recorded", async () => {
  const profile = await getOwnProfile(await asViewer("user0001"));
  expect(profile.employee.userId).toBe("user0001");
  expect(await views()).toEqual([]);
});
