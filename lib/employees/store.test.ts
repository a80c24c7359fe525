import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { createWorld } from "../../test/world";
import { db } from "../db/client";
import { employees, sessions } from "../db/schema";
import { type Employee } from "../dingtalk/employee";
import { ownCorpId } from "../services";
import { createSession } from "../sessions/create";
import { findLiveSession } from "../sessions/session";
import { deactivateEmployee, findEmployee, saveEmployee } from "./store";

createWorld();

const lilei = buildEmployee("user0001", { name: "李雷", title: "工程师" });

async function save(employee: Employee): Promise<void> {
  await db.transaction((tx) => saveEmployee(tx, employee));
}

async function createSessionFor(userId: string): Promise<string> {
  return createSession(db, {
    corpId: ownCorpId(),
    userId,
    method: "redirect",
    client: { ip: null, userAgent: null },
  });
}

async function events() {
  return recordedEvents();
}

async function rows() {
  return db.select().from(employees).orderBy(employees.userId);
}

describe("saving an employee", () => {
  test("stores every field, to be found by userId and by unionId", async () => {
    await save(lilei);
    expect((await findEmployee({ userId: lilei.userId }))?.employee).toEqual(lilei);
    expect((await findEmployee({ unionId: lilei.unionId }))?.employee).toEqual(lilei);
  });

  test("a second time replaces the fields but not the last sign-in", async () => {
    await save(lilei);
    const signedInAt = new Date("2026-11-01T08:00:00.123Z");
    await db.update(employees).set({ lastSignedInAt: signedInAt });
    await save({ ...lilei, title: "组长" });
    expect(await findEmployee({ userId: lilei.userId })).toMatchObject({
      employee: { title: "组长" },
      lastSignedInAt: signedInAt,
    });
    expect(await rows()).toHaveLength(1);
  });

  test("who is active ends no session and writes no event", async () => {
    await save(lilei);
    const id = await createSessionFor("user0001");
    await save({ ...lilei, name: "李磊" });
    expect(await findLiveSession(id)).not.toBeNull();
    expect(await events()).toEqual([]);
  });

  test("S26 who is inactive ends every session, with one event", async () => {
    await save(lilei);
    const ids = [await createSessionFor("user0001"), await createSessionFor("user0001")];
    await save({ ...lilei, active: false });
    for (const id of ids) expect(await findLiveSession(id)).toBeNull();
    expect(await events()).toMatchObject([{ kind: "employee_deactivated", userId: "user0001", reason: "leaver" }]);
    expect(await db.select().from(sessions)).toMatchObject([{ endReason: "leaver" }, { endReason: "leaver" }]);
  });

  test("S37 in a transaction that fails ends no session and writes no event", async () => {
    await save(lilei);
    const id = await createSessionFor("user0001");
    const failing = db.transaction(async (tx) => {
      await saveEmployee(tx, { ...lilei, active: false });
      throw new Error("undone");
    });
    await expect(failing).rejects.toThrow("undone");
    expect(await findLiveSession(id)).not.toBeNull();
    expect(await events()).toEqual([]);
  });

  test("S9 who was rehired under a new userId deactivates the former one and ends its sessions", async () => {
    await save(lilei);
    const former = await createSessionFor("user0001");
    await save({ ...buildEmployee("user0101"), unionId: lilei.unionId });
    expect(await rows()).toMatchObject([
      { userId: "user0001", active: false },
      { userId: "user0101", active: true },
    ]);
    expect(await findLiveSession(former)).toBeNull();
    expect((await findEmployee({ unionId: lilei.unionId }))?.employee.userId).toBe("user0101");
    expect(await events()).toMatchObject([{ kind: "employee_deactivated", userId: "user0001" }]);
  });

  test("S9 with a userId that another person had ends that person's sessions", async () => {
    await save(lilei);
    const former = await createSessionFor("user0001");
    await save({ ...buildEmployee("user0001"), unionId: buildEmployee("user0202").unionId });
    expect(await findLiveSession(former)).toBeNull();
    expect(await rows()).toMatchObject([{ userId: "user0001", active: true, unionId: "union-user0202" }]);
    expect(await events()).toMatchObject([{ kind: "employee_deactivated", userId: "user0001" }]);
  });

  test("does not affect other employees", async () => {
    await save(buildEmployee("user0002"));
    const other = await createSessionFor("user0002");
    await save(lilei);
    await save({ ...lilei, active: false });
    expect(await findLiveSession(other)).not.toBeNull();
    expect(await rows()).toMatchObject([{ active: false }, { userId: "user0002", active: true }]);
  });
});

describe("a leaver", () => {
  test("S26 is marked as inactive and signed out at once", async () => {
    await save(lilei);
    const id = await createSessionFor("user0001");
    await deactivateEmployee(lilei.userId);
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(false);
    expect(await findLiveSession(id)).toBeNull();
  });

  test("without a record causes no row and no event", async () => {
    await deactivateEmployee(lilei.userId);
    expect(await rows()).toEqual([]);
    expect(await events()).toEqual([]);
  });

  test("who returns is active again, but ended sessions stay ended", async () => {
    await save(lilei);
    const id = await createSessionFor("user0001");
    await deactivateEmployee(lilei.userId);
    await save(lilei);
    expect((await findEmployee({ userId: lilei.userId }))?.active).toBe(true);
    expect(await findLiveSession(id)).toBeNull();
  });
});

test("S9 an employee of another company is not found here", async () => {
  await save(lilei);
  await db.update(employees).set({ corpId: "dingcorp0002" }).where(eq(employees.userId, "user0001"));
  expect(await findEmployee({ userId: lilei.userId })).toBeNull();
  expect(await findEmployee({ unionId: lilei.unionId })).toBeNull();
});

describe("S37 an employee whom DingTalk names as admin", () => {
  const admin = { ...lilei, admin: true };

  async function changes() {
    return (await events()).map(({ kind, userId, reason }) => [kind, userId, reason]);
  }

  test("is recorded when that begins and when it ends, and not between", async () => {
    for (const employee of [lilei, admin, admin, lilei, lilei]) await save(employee);
    expect(await changes()).toEqual([
      ["admin_granted", "user0001", "dingtalk"],
      ["admin_revoked", "user0001", "dingtalk"],
    ]);
  });

  test("is recorded when the first record says so", async () => {
    await save(admin);
    expect(await changes()).toEqual([["admin_granted", "user0001", "dingtalk"]]);
  });

  test.each([
    ["leaves", () => deactivateEmployee(lilei.userId)],
    ["is disabled", () => save({ ...admin, active: false })],
    ["returns under another userId", () => save(buildEmployee("user0009", { unionId: lilei.unionId }))],
  ])("is no longer one when the employee %s", async (_name, end) => {
    await save(admin);
    await end();
    await deactivateEmployee(lilei.userId);
    expect((await changes()).map(([kind]) => kind)).toEqual(["admin_granted", "admin_revoked"]);
  });

  test("is another person than the one who has the userId now", async () => {
    await save(admin);
    await save(buildEmployee("user0001", { unionId: "union-of-another", admin: true }));
    expect((await changes()).map(([kind]) => kind)).toEqual(["admin_granted", "admin_revoked", "admin_granted"]);
  });
});
