import { eq, like } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { recordedEvents } from "../../test/audit";
import { buildEmployee } from "../../test/dingtalk";
import { onBothEngines } from "../../test/engines";
import { asAdmin } from "../../test/viewer";
import { createWorld } from "../../test/world";
import { auditEvents } from "../db/audit-schema";
import { db } from "../db/client";
import { departments, employees } from "../db/schema";
import { wordsFor } from "../i18n/words";
import { ownCorpId } from "../services";
import { createSession } from "../sessions/create";
import { exportEmployees } from "./export";
import { type EmployeePage, type EmployeeQuery, listEmployees } from "./list";
import { saveEmployee } from "./store";
import { pathTo, readTree } from "./tree";

const everyone: EmployeeQuery = {
  search: "",
  department: null,
  role: null,
  state: null,
  signedIn: null,
  sort: "name",
  after: null,
  before: null,
};
const client = { ip: null, userAgent: null };

onBothEngines((settings) => {
  createWorld({ ...settings, ADMIN_USER_IDS: "named" });

  async function save(userId: string, ids: number[], fields: object): Promise<void> {
    const places = ids.map((id) => ({ id, isLeader: userId.startsWith("lead"), isMain: false, title: null }));
    await saveEmployee(db, buildEmployee(userId, { departments: places, ...fields }));
  }

  beforeEach(async () => {
    const tree: [number, number | null, number][] = [
      [1, null, 0],
      [10, 1, 1],
      [20, 1, 0],
      [101, 10, 0],
      [102, 10, 1],
    ];
    for (const [id, parentId, position] of tree)
      await db.insert(departments).values({ corpId: ownCorpId(), id, name: `D${id}`, parentId, position });
    await save("lead1", [10], { name: "单雄信" });
    await save("p1", [101], { name: "阿强" });
    await save("p2", [101, 102], { name: "欧阳靖雯" });
    await save("p3", [20], { name: "张伟", active: false });
    await save("named", [], { name: "李雷" });
  });

  async function find(changed: Partial<EmployeeQuery>): Promise<string[]> {
    const page = await listEmployees(await asAdmin(), { ...everyone, ...changed });
    return page.employees.map(({ userId }) => userId).filter((id) => id !== "user0002");
  }

  test("the list by name follows pinyin, over pages", async () => {
    expect(await find({})).toEqual(["p1", "named", "p2", "lead1", "p3"]);
    for (let index = 0; index < 60; index += 1) await save(`x${index}`, [], { name: "同名" });
    const admin = await asAdmin();
    const first = await listEmployees(admin, everyone);
    const second = await listEmployees(admin, { ...everyone, after: first.next });
    const ids = [...first.employees, ...second.employees].map(({ userId }) => userId);
    expect(new Set(ids).size).toBe(66);
    expect(second.next).toBeNull();
  });

  test.each(["recent", "name"] as const)("the pages by %s are the same forwards and backwards", async (sort) => {
    for (let index = 0; index < 120; index += 1) await save(`x${index}`, [], { name: `同名${index % 7}` });
    // Half of them signed in, many at the same moment.
    await db
      .update(employees)
      .set({ lastSignedInAt: new Date("2026-11-20T08:00:00.001Z") })
      .where(like(employees.userId, "x%1%"));
    const admin = await asAdmin();
    const read = (place: Partial<EmployeeQuery>) => listEmployees(admin, { ...everyone, sort, ...place });
    const idsOf = (page: EmployeePage) => page.employees.map(({ userId }) => userId);
    const first = await read({});
    const second = await read({ after: first.next });
    const third = await read({ after: second.next });
    const pages = [first, second, third].map(idsOf);
    expect(pages.map((ids) => ids.length)).toEqual([50, 50, 26]);
    expect(new Set(pages.flat()).size).toBe(126);
    expect(third.next).toBeNull();
    const middle = await read({ before: third.previous });
    expect(idsOf(middle)).toEqual(pages[1]);
    expect(middle.next).toBe(second.next);
    const start = await read({ before: middle.previous });
    expect(idsOf(start)).toEqual(pages[0]);
    expect(start).toMatchObject({ previous: null, next: first.next, isFirst: true, total: 126 });
  });

  test.each<[string, Partial<EmployeeQuery>, string[]]>([
    ["a department with those below it", { department: 10 }, ["p1", "p2", "lead1"]],
    ["a department without others below", { department: 102 }, ["p2"]],
    ["an unknown department", { department: 999 }, []],
    ["leaders", { role: "leader" }, ["lead1"]],
    ["admins of the settings", { role: "admin" }, ["named"]],
    ["active people", { state: "active", department: 20 }, []],
    ["inactive people", { state: "inactive" }, ["p3"]],
    ["a department and a search", { department: 10, search: "ouyang" }, ["p2"]],
    ["people who never signed in", { signedIn: "never", department: 101 }, ["p1", "p2"]],
  ])("finds %s", async (_name, changed, expected) => {
    expect(await find(changed)).toEqual(expected);
  });

  test("finds who is signed in now, and on how many devices", async () => {
    for (let count = 0; count < 2; count += 1)
      await createSession(db, { corpId: ownCorpId(), userId: "p1", method: "frame", client });
    const page = await listEmployees(await asAdmin(), { ...everyone, signedIn: "now" });
    expect(page.employees.map(({ userId, devices }) => [userId, devices])).toEqual([
      ["p1", 2],
      ["user0002", 1],
    ]);
  });

  describe("the tree of departments", () => {
    test("is in DingTalk's order, and counts active people once in each department above theirs", async () => {
      const { nodes, roots } = await readTree(await asAdmin());
      expect(roots.map(({ id }) => id)).toEqual([1]);
      expect(nodes.get(1)?.children.map(({ id }) => id)).toEqual([20, 10]);
      expect([1, 10, 20, 101, 102].map((id) => nodes.get(id)?.people)).toEqual([3, 3, 0, 2, 1]);
    });

    test("is finite when departments are the parents of each other", async () => {
      await db.update(departments).set({ parentId: 101 }).where(eq(departments.id, 10));
      const tree = await readTree(await asAdmin());
      expect(pathTo(tree, 101).length).toBeLessThanOrEqual(2);
      expect(await find({ department: 10 })).toEqual(["p1", "p2", "lead1"]);
    });
  });

  describe("S37 the export", () => {
    async function exportCsv(changed: Partial<EmployeeQuery> = {}): Promise<string> {
      const body = await exportEmployees(await asAdmin(), { ...everyone, ...changed }, await wordsFor("en"));
      return new Response(body).text();
    }

    test("has every employee of the query, is safe against formulas, and is recorded before it begins", async () => {
      await save("evil", [10], { name: '=HYPERLINK("https://evil.example")', title: "a, b" });
      const text = await exportCsv({ department: 10, search: "" });
      expect(
        text
          .trim()
          .split("\r\n")
          .slice(1)
          .map((line) => line.split(",")[0]),
      ).toEqual(["evil", "lead1", "p1", "p2"]);
      expect(text).toContain(`evil,"'=HYPERLINK(""https://evil.example"")",,"a, b",D10,Active,`);
      const [event] = await recordedEvents(eq(auditEvents.kind, "directory_exported"));
      expect(event).toMatchObject({ actorUserId: "user0002", reason: "4 rows, department=10" });
    });

    test("has more rows than a batch", async () => {
      for (let index = 0; index < 501; index += 1) {
        const details = buildEmployee(`n${index}`);
        await db.insert(employees).values({ corpId: ownCorpId(), ...details, searchText: "", details });
      }
      const lines = (await exportCsv()).trim().split("\r\n");
      expect(lines).toHaveLength(1 + 501 + 6);
      expect(new Set(lines).size).toBe(lines.length);
    });
  });
});
